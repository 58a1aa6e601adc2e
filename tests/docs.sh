#!/bin/sh
# What the documents lead to is there: every relative link of README.md and docs/ is one to a file, or to a heading of one;
# every strategy has its page, and every page its strategy; every workload has its row in the README's table, and every row its
# workload; and a workload says in its head comment what it stresses, and what it is not good for.
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

for strategy in $(known strategies/*.h); do
    page=docs/strategies/$(basename "$strategy" .h).md
    [ -s "$page" ] && pass "$strategy has its page" || miss "$strategy has no $page"
done
for page in docs/strategies/*.md; do
    strategy=strategies/$(basename "$page" .md).h
    [ -f "$strategy" ] && pass "$page has its strategy" || miss "$page is about no $strategy"
done

# The names in the first column of the tables under a heading of the README.
names_under() # heading
{
    awk -F'`' -v heading="## $1" '/^## / { on = $0 == heading } on && /^\| `/ { print $2 }' README.md
}

for workload in $(known workloads/*.c); do
    names_under Workloads | grep -qxF "$(basename "$workload" .c)" && pass "the README's table has $workload" ||
        miss "the README's table of workloads lacks $workload"
    head=$(sed '/\*\//q' "$workload")
    for words in "Stresses" "Not good for"; do
        case $(echo "$head" | tr -s ' *\n' '   ' | tr -s ' ') in
        *"$words"*) pass "$workload says: $words" ;;
        *) miss "the head comment of $workload does not say: $words" ;;
        esac
    done
done
for name in $(names_under Workloads); do
    [ -f "workloads/$name.c" ] && pass "the README's $name is there" || miss "the README's $name is no workload"
done

lines=$(for workload in $(known workloads/*.c); do wc -l <"$workload"; done | median)
[ "${lines%.*}" -le 60 ] && pass "half of the workloads have no more than $lines lines" ||
    miss "half of the workloads have more than 60 lines: the median is $lines"
ended
