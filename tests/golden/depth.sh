# 120 quotations inside one another, and 80 marks.
printf -- "---\ntitle: T\ndate: 2020-10-12\nsection: economy\n---\n"
awk 'BEGIN { for (i = 0; i < 120; i++) printf "> "; print "deep\n"
	for (i = 0; i < 80; i++) printf "<sub>"; printf "deep"
	for (i = 0; i < 80; i++) printf "</sub>"; print "" }'
