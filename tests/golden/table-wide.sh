# A table one column wider than the limit.
printf -- "---\ntitle: T\ndate: 2020-10-12\nsection: economy\n---\n"
awk 'BEGIN { for (i = 0; i < 257; i++) printf "|a"; print "|"
	for (i = 0; i < 257; i++) printf "|-"; print "|" }'
