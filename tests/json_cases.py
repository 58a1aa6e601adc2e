"""Documents for the JSON parser of workloads/objects/json.h: json_cases.py CELL runs the json cell with each. What RFC 8259
allows has to give the answer that Python's parser leads to; what it does not, one sentence with line and column, and exit
status 2.

The first documents are written by hand, with the place of the mistake; then come others made of them, a few characters
changed, of which Python's parser says whether they are JSON. (It allows more than the RFC, which is taken back here.)"""

import json
import os
import random
import runpy
import subprocess
import sys
import tempfile

CELL = sys.argv[1]
SEED, CHANGED = 20261121, 400
sys.path.append("tests/twins")
answer_of = runpy.run_path("tests/twins/json.py")["one_round"]

VALID = r"""
null
true
false
0
-0
10
-1.5
0.5e-7
1E+400
2e5
123456789012345678901234567890
""
"plain"
"Öl 猫 🐈"
"\" \\ \/ \b \f \n \r \t"
"\u0041\u00e9\u732B"
"\uD83D\uDC08"
"\u0000"
"\u001f"
"\uDBFF\uDFFF"
"\\u0041"
"\\"
"\\\""
"a/b"
"' is no quote"
[]
{}
[[],{},[[]],[{}]]
[1,2,3]
[ 1 , 2 ]
[null,true,false,"",0,[],{}]
{"":""}
{"a":1,"a":2}
{"a":{"a":[1]},"a":{}}
{"a":1,"\u0061":2}
{ "a" : { "b" : [ 1 , { } ] } , "c" : [ ] }
{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10}
["\ud7ff\ue000\uffff"]
"""

# With the line and the column at which it has to be refused.
INVALID = [
    ("x", "1:1"), (" ", "1:2"), ("\n\n", "3:1"), ("\ufeff[]", "1:1"), ("\u00a01", "1:1"), ("\f1", "1:1"), ("+1", "1:1"),
    ("nul", "1:1"), ("nulls", "1:5"), ("True", "1:1"), ("truefalse", "1:5"), ("NaN", "1:1"), ("Infinity", "1:1"),
    ("-Infinity", "1:1"), ("None", "1:1"), ("'a'", "1:1"), ("undefined", "1:1"),
    ("-", "1:1"), ("--1", "1:1"), ("01", "1:2"), ("-01", "1:3"), ("1.", "1:2"), (".5", "1:1"), ("1.e5", "1:2"), ("1e", "1:2"),
    ("1e+", "1:2"), ("1e5.5", "1:4"), ("1.5.5", "1:4"), ("0x10", "1:2"), ("1_000", "1:2"), ("1,000", "1:2"), ("٣", "1:1"),
    ("1٣", "1:2"), ("0e", "1:2"), ("- 1", "1:1"), ("1 2", "1:3"),
    ('"', "1:1"), ('"a', "1:1"), ('"a\\"', "1:1"), ('"\\', "1:1"), ('["a', "1:2"), ('"a" "b"', "1:5"), ('"a"b', "1:4"),
    ('"a\nb"', "1:3"), ('"a\tb"', "1:3"), ('"\x1f"', "1:2"), ('"\\x41"', "1:2"), ('"ab\\a"', "1:4"), ('"\\\n"', "1:3"),
    ('"\\u"', "1:2"), ('"\\u12"', "1:2"), ('"\\u12g4"', "1:2"), ('"\\u 041"', "1:2"), ('"\\u-041"', "1:2"),
    ('"\\U0041"', "1:2"),
    ('"\\ud83d"', "1:2"), ('"\\udc08"', "1:2"), ('"\\ud83d\\ud83d"', "1:2"), ('"\\ud83dx"', "1:2"), ('"\\ud83d\\n"', "1:2"),
    ('"\\ud83d\\u"', "1:2"), ('"\\udc08\\ud83d"', "1:2"), ('"é\\q"', "1:3"), ('"🐈\\q"', "1:3"), ('["猫", "\\é"]', "1:8"),
    ("[", "1:2"), ("]", "1:1"), ("[1", "1:3"), ("[1,", "1:4"), ("[,1]", "1:2"), ("[1,]", "1:4"), ("[1,,2]", "1:4"),
    ("[1 2]", "1:4"), ("[1;2]", "1:3"), ("[1}", "1:3"), ("[]]", "1:3"), ("[1]]", "1:4"), ("[][]", "1:3"), ("[1:2]", "1:3"),
    ("[\n1,\n2\n3]", "4:1"), ("[1]\n\n  x", "3:3"), ("[1] // one", "1:5"), ("[1, /* two */ 2]", "1:5"),
    ("[\"a\",\n\"b]", "2:1"),
    ("{", "1:2"), ("}", "1:1"), ("{]", "1:2"), ("{1:2}", "1:2"), ("{a:1}", "1:2"), ("{'a':1}", "1:2"), ('{"a"}', "1:5"),
    ('{"a" 1}', "1:6"), ('{"a":}', "1:6"), ('{"a":1', "1:7"), ('{"a":1,', "1:8"), ('{"a":1,}', "1:8"), ('{"a":1 "b":2}', "1:8"),
    ('{"a":1;"b":2}', "1:7"), ('{"a"::1}', "1:6"), ('{,"a":1}', "1:2"), ('{"a":1]', "1:7"),
    ('{"a":[1,{"b":[2,{"c":x}]}]}', "1:22"),
    ('{"a\\":1}', "1:2"), ('{"a":"b}', "1:6"), ("{null:1}", "1:2"), ('{"a":1}{', "1:8"), ('{"\\q":1}', "1:3"),
    ("[" * 201 + "]" * 201, "1:201"), ('{"a":' * 200 + "[1]" + "}" * 200, "1:1001"),
]

# Two documents that differ in one thing, and so in their answers.
DIFFERENT = [
    ('{"a":null,"b":1}', '{"c":null,"b":1}'), ('{"a":[null]}', '{"b":[null]}'), ('{"a":null}', '{"a":false}'),
    ('{"a":1,"b":2}', '{"a":2,"b":1}'), ("[1,2]", "[2,1]"), ("[[null]]", "[null]"), ("1", '"1"'), ("[]", "{}"),
]

failed = passed = 0


def told(right, text, said):
    global failed, passed
    if right:
        passed += 1
    else:
        failed += 1
        print(f"not ok - json: {text[:60]!r}: {said}")


def run(text, file):
    """The cell's checksum, or None and the place at which it refused."""
    file.seek(0)
    file.truncate()
    file.write(text.encode())
    file.flush()
    command = [CELL, "-n", "1", "--input", file.name]
    end = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if end.returncode == 0 and not end.stderr:
        return int(end.stdout.split(",")[9]), None
    after = end.stderr.partition(f"{file.name}:")[2]
    one_sentence = end.returncode == 2 and not end.stdout and end.stderr.count("\n") == 1
    return None, ":".join(after.split(":")[:2]) if one_sentence else f"status {end.returncode}, {end.stderr[:200]}"


def demand_characters(value):
    """Half a surrogate pair is none: Python keeps it, and cannot write it."""
    json.dumps(value, ensure_ascii=False).encode()


def members(pairs):
    demand_characters(pairs)
    return dict(pairs)


def refuse(constant):
    raise ValueError(constant)


def is_json(text):
    try:
        demand_characters(json.loads(text, parse_constant=refuse, object_pairs_hook=members, parse_int=str))
    except (ValueError, RecursionError):
        return False
    return True


def changed(text, chance):
    """With up to three characters removed, doubled, exchanged or put in."""
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text))
        put_in = chance.choice([*'"\\[]{},:01-.eun \n\té', "\\ud83d"])
        text = text[:at] + chance.choice(["", text[at] * 2, put_in, put_in + text[at]]) + text[at + 1 :] or "1"
    return text


def main():
    short = [line for line in VALID.split("\n") if line]
    valid = short + ["[" * 200 + "]" * 200, " \t\r\n[\n1 ]\r\n", '"' + "long " * 5000 + '"']
    with open("tests/data/json.sample", encoding="utf-8", newline="") as sample, tempfile.NamedTemporaryFile() as file:
        valid.append(sample.read())
        for text in valid:
            checksum, said = run(text, file)
            told(checksum == answer_of(text) % 2**64 and is_json(text), text, said or checksum)
        for text, place in INVALID:
            checksum, said = run(text, file)
            refused = said == place and (len(text) > 400 or not is_json(text))
            told(refused, text, f"refused at {place} wanted; {said or checksum}")
        for one, other in DIFFERENT:
            told(run(one, file) != run(other, file), one, f"the same answer as {other}")
        chance = random.Random(SEED)
        for _ in range(CHANGED):
            text = changed(chance.choice(short + valid[-1:] * 20), chance)
            checksum, said = run(text, file)
            told(checksum == answer_of(text) % 2**64 if is_json(text) else said and said[0].isdigit(), text, said or checksum)
    if not failed:
        print(f"ok - json: {passed} documents are accepted and refused as by Python's parser")
    sys.exit(failed > 0)


main()
