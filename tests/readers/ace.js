// ace.js N REPORT...: there are N reports, and none tells of a violation.
'use strict'
const fs = require('fs')
const [want, ...reports] = process.argv.slice(2)
let bad = 0

for (const file of reports) {
	const report = JSON.parse(fs.readFileSync(file, 'utf8'))
	for (const page of report.assertions)
		for (const found of page.assertions) {
			if (found['earl:result']['earl:outcome'] !== 'fail')
				continue
			bad++
			console.log(file, page['earl:testSubject'].url,
			    found['earl:test']['dct:title'],
			    found['earl:result']['dct:description'])
		}
}
console.log(`Ace: ${reports.length} books, ${bad} violations`)
process.exit(reports.length === Number(want) && bad === 0 ? 0 : 1)
