// engines.mjs BOOK...: opens books in foliate-js and in epub.js, each in a
// page of headless Chromium that a server here feeds; see engines.sh for what
// is asked of them. The folder of npm's modules is in NODE_MODULES.
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const modules = process.env.NODE_MODULES
const puppeteer = createRequire(modules + '/').call(null, 'puppeteer-core')
const here = path.dirname(process.argv[1])
const books = process.argv.slice(2)
const types = { '.html': 'text/html', '.js': 'text/javascript',
	'.epub': 'application/epub+zip' }

// /readers/ is this folder, /modules/ npm's, /book/N/NAME the N-th book.
function fileOf(url) {
	const [, root, ...rest] = decodeURIComponent(url).split('/')
	if (rest.includes('..'))
		return null
	if (root === 'readers')
		return path.join(here, ...rest)
	if (root === 'modules')
		return path.join(modules, ...rest)
	return root === 'book' ? books[Number(rest[0])] : null
}

const server = http.createServer((request, response) => {
	const url = request.url.split('?')[0]
	const file = fileOf(url)
	if (url === '/favicon.ico')
		response.writeHead(204)
	else if (!file || !fs.existsSync(file))
		response.writeHead(404)
	else {
		response.writeHead(200, { 'content-type':
		    types[path.extname(file)] ?? 'application/octet-stream' })
		response.write(fs.readFileSync(file))
	}
	response.end()
})

// foliate-js frames chapters so that they can run no script, and Chromium
// says so for each: that is not the book's doing.
const usual = /allow-scripts|sandboxed/

async function open(browser, base, engine, n) {
	const page = await browser.newPage()
	const bad = []
	page.on('console', m => {
		if (m.type() === 'error' && !usual.test(m.text()))
			bad.push('console: ' + m.text())
	})
	page.on('pageerror', e => bad.push('script: ' + e))
	page.on('request', r => {
		const url = r.url()
		if (!url.startsWith(base) && !/^(blob|data|about):/.test(url))
			bad.push('request: ' + url)
	})
	await page.setViewport({ width: 600, height: 800 })
	await page.goto(`${base}/readers/${engine}.html`)
	await page.waitForFunction('window.ready === true')
	const url = `/book/${n}/${path.basename(books[n])}`
	const seen = await page.evaluate(u => window.walk(u), url)
	await page.close()
	return { ...seen, bad: [...seen.bad, ...bad] }
}

async function attempt(browser, base, engine, n) {
	let r
	try {
		r = await open(browser, base, engine, n)
	} catch (e) {
		r = { bad: [String(e)] }
	}
	if (!r.bad.length && !(r.files > 0 && r.shown === r.files && r.toc > 0))
		r.bad.push('not all was walked')
	return r
}

// On a busy machine an engine's own observers may see a page that it has
// left: a defect that is the book's is there the second time, too.
async function check(browser, base, engine, n) {
	let r = await attempt(browser, base, engine, n)
	if (r.bad.length)
		r = await attempt(browser, base, engine, n)
	const { bad, ...counts } = r
	console.log(engine, path.basename(books[n]), JSON.stringify(counts))
	for (const b of bad)
		console.log(`  ${b.slice(0, 300)}`)
	return bad.length
}

await new Promise(done => server.listen(0, '127.0.0.1', done))
const base = `http://127.0.0.1:${server.address().port}`
const browser = await puppeteer.launch({ timeout: 120000, protocolTimeout:
    300000, executablePath: process.env.PUPPETEER_EXECUTABLE_PATH })
let bad = 0
for (let n = 0; n < books.length; n++)
	bad += (await Promise.all(['foliate', 'epubjs'].map(engine =>
	    check(browser, base, engine, n)))).reduce((a, b) => a + b)
await browser.close()
server.close()
console.log(`${books.length} books, ${bad} defects`)
process.exit(bad ? 1 : 0)
