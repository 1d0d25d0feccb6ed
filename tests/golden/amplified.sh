# Short rows that are filled up to 256 columns each.
printf -- "---\ntitle: T\ndate: 2020-10-12\nsection: economy\n---\n"
awk 'BEGIN { for (i = 0; i < 256; i++) printf "|a"; print "|"
	for (i = 0; i < 256; i++) printf "|-"; print "|"
	for (i = 0; i < 4000; i++) print "|b|" }'
