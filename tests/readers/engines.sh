# foliate-js and epub.js open every book in Chromium: each line of the
# contents, page of the page list and link resolves, each file is shown, the
# console is silent and nothing is fetched from elsewhere. The month opens
# under a Kobo's name, too.
set -eu
R=$B/readers
cp "$R/content/current-affairs-2020-10.epub" "$W/month.kepub.epub"
PUPPETEER_EXECUTABLE_PATH="$PWD/tests/readers/chromium" \
NODE_MODULES="$B/validators/npm/node_modules" HOME="$W" \
    node tests/readers/engines.mjs "$W/month.kepub.epub" "$R"/content/*.epub \
    "$R"/content/articles/*.epub "$R"/books/*.epub "$R"/fonts/*.epub
