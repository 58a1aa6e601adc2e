#!/bin/sh
# The table of docs/semantics.md, statement by strategy, from what the tests say of themselves (semantics --table).
#
# statements.sh BUILD prints it; statements.sh BUILD --test says whether it is what the document has.
set -u
build=$1
. tests/cells.sh
document=docs/semantics.md

# A cell is · where the statement applies, and else the letter of the reason why it does not, which stands below.
table()
{
    for s in $(known strategies/*.h | sed 's|.*/||; s|\.h$||'); do
        "$build/tests/$s/semantics" --table | sed 1d
    done | awk -F, '
        BEGIN { rows = columns = reasons = 0 }
        function letter(reason) {
            if (!(reason in letters)) { letters[reason] = sprintf("%c", 97 + reasons); order[reasons++] = reason }
            return letters[reason]
        }
        !($1 in seen) { seen[$1] = 1; names[columns++] = $1 }
        !($3 in row) { row[$3] = rows; title[rows] = $3; number[rows++] = $2 }
        { cell[row[$3], $1] = $4 ? "·" : letter($5) }
        END {
            printf "| | statement |"; for (c = 0; c < columns; c++) printf " `%s` |", names[c]
            printf "\n|---|---|"; for (c = 0; c < columns; c++) printf "---|"
            for (r = 0; r < rows; r++) {
                gsub("_", " ", title[r])
                printf "\n| %s | %s |", number[r], title[r]
                for (c = 0; c < columns; c++) printf " %s |", cell[r, names[c]]
            }
            print "\n\n· applies and is tested. It does not apply because:\n"
            for (i = 0; i < reasons; i++) printf "- %s: %s\n", letters[order[i]], order[i]
        }'
}

# What stands in the document between its two marks.
documented() { sed -n '/^<!-- table -->$/,/^<!-- end of table -->$/p' "$document" | sed '1d;$d'; }

[ "${2:-}" = --test ] || { table; exit; }
if [ "$(table)" = "$(documented)" ]; then
    pass "$document has the table that the tests make"
else
    miss "$document has another table than the tests make; tests/statements.sh $build prints it"
fi
ended
