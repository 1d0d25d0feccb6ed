import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Checks all PDFs named against PDF/UA-1 and PDF/A-2a in one JVM, each parsed
 * once; tells each failed rule once a file, with the first object that fails
 * it and their number. Exit status 1 on any.
 */
public class VeraPdfAll {
	private static final List<PDFAFlavour> PROFILES =
	    List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);
	private static final int SHOWN = 100;	/* objects kept for a rule */

	/** What is wrong with one file, a line each. */
	private static List<String> faults(String name) {
		List<String> said = new ArrayList<>();
		try (PDFAParser parser = Foundries.defaultInstance()
		    .createParser(new File(name), PROFILES.get(0));
		    PDFAValidator judge = Foundries.defaultInstance()
		    .createValidator(PROFILES, SHOWN, false, true, false)) {
			for (ValidationResult r : judge.validateAll(parser))
				said.addAll(failures(name, r));
		} catch (Exception e) {
			said.add(name + ": " + e);
		}
		return said;
	}

	private static List<String> failures(String name, ValidationResult r) {
		Map<String, TestAssertion> first = new TreeMap<>();
		Map<String, Integer> count = new TreeMap<>();
		List<String> said = new ArrayList<>();
		String profile = r.getPDFAFlavour().getId();

		for (TestAssertion a : r.getTestAssertions()) {
			if (a.getStatus() != TestAssertion.Status.FAILED)
				continue;
			String rule = a.getRuleId().getClause() + "-"
			    + a.getRuleId().getTestNumber();
			first.putIfAbsent(rule, a);
			count.merge(rule, 1, Integer::sum);
		}
		first.forEach((rule, a) -> said.add(name + ": veraPDF "
		    + profile + " " + rule + ": " + a.getMessage().trim()
		    + " [" + (count.get(rule) < SHOWN ? "" : "over ")
		    + count.get(rule) + ", first at "
		    + a.getLocation().getContext() + "]"));
		if (!r.isCompliant() && said.isEmpty())
			said.add(name + ": veraPDF " + profile
			    + ": not compliant, " + r.getJobEndStatus());
		return said;
	}

	public static void main(String[] names) {
		java.util.logging.LogManager.getLogManager().reset();
		VeraGreenfieldFoundryProvider.initialise();
		long bad = IntStream.range(0, names.length).parallel()
		    .mapToObj(i -> faults(names[i]))
		    .filter(said -> !said.isEmpty())
		    .peek(said -> System.out.println(
		    String.join("\n", said))).count();
		System.out.println("veraPDF: " + names.length + " files, "
		    + bad + " bad");
		System.exit(bad == 0 && names.length > 0 ? 0 : 1);
	}
}
