# A table one row longer than the limit.
printf -- "---\ntitle: T\ndate: 2020-10-12\nsection: economy\n---\n"
awk 'BEGIN { print "|a|\n|-|"; for (i = 0; i < 100000; i++) print "|b|" }'
