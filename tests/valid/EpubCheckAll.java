import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.DefaultReportImpl;
import java.io.File;

/** Checks all books named in one JVM; exit status 1 on any error or warning. */
public class EpubCheckAll {
	public static void main(String[] books) {
		int bad = 0;
		for (String name : books) {
			DefaultReportImpl report = new DefaultReportImpl(name);
			new EpubCheck(new File(name), report).doValidate();
			int n = report.getFatalErrorCount()
			    + report.getErrorCount() + report.getWarningCount();
			if (n > 0) {
				bad++;
				System.out.println(name + ": " + n + " messages");
			}
		}
		System.out.println("EPUBCheck: " + books.length + " books, "
		    + bad + " bad");
		System.exit(bad == 0 && books.length > 0 ? 0 : 1);
	}
}
