#!/bin/sh
# What the documents lead to is there: every relative link of README.md and docs/ is one to a file, or to a heading of one, and
# every strategy has its page, and every page its strategy.
#
# docs.sh, from the project's root.
set -u
. tests/cells.sh

# The targets of a document's links, one a line; those of other sites are left out.
links() # document
{
    grep -oE '\]\([^) ]+\)' "$1" | sed 's/^](//; s/)$//' | grep -vE '^[a-z]+:'
}

# The headings of a document as GitHub makes anchors of them: in small letters, without what is neither word nor blank.
anchors() # document
{
    sed -n 's/^##* //p' "$1" | tr 'A-Z ' 'a-z-' | sed 's/[^a-z0-9_-]//g'
}

leads_somewhere() # document link
{
    file=${2%%#*}
    [ -n "$file" ] && file=$(dirname "$1")/$file || file=$1
    [ -e "$file" ] || return
    case $2 in *"#"*) anchors "$file" | grep -qxF -- "${2#*#}" ;; esac
}

for document in README.md $(find docs -name '*.md' | sort); do
    dead=$(links "$document" | while read -r link; do leads_somewhere "$document" "$link" || echo "$link"; done)
    if [ -z "$dead" ]; then
        pass "$document: $(links "$document" | wc -l) links, each to a file"
    else
        miss "$document: leads nowhere: $(echo $dead)"
    fi
done

for strategy in strategies/*.h; do
    page=docs/strategies/$(basename "$strategy" .h).md
    [ -s "$page" ] && pass "$strategy has its page" || miss "$strategy has no $page"
done
for page in docs/strategies/*.md; do
    strategy=strategies/$(basename "$page" .md).h
    [ -f "$strategy" ] && pass "$page has its strategy" || miss "$page is about no $strategy"
done
ended
