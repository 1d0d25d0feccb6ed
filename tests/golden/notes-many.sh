# One note more than the limit.
printf -- "---\ntitle: T\ndate: 2020-10-12\nsection: economy\n---\n"
awk 'BEGIN { for (i = 0; i < 10001; i++) printf "[^%d] ", i; print "\n"
	for (i = 0; i < 10001; i++) printf "[^%d]: x\n", i }'
