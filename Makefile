# reclaim: what does a way of managing memory cost, and what does it give back?
#
# The file system is the registry: every strategies/*.h x every workloads/*.c is a cell, $(BUILD)/<strategy>/<workload>.
# Nothing here names one of them.
#
#   make bench [QUICK=1 | FULL=1] [STRATEGIES="a b"] [WORKLOADS="x y"] [SET="s.setting=n …"] [RUN=name] [SEED=n]
#              [BASELINE=s] [BLOCKS=n] [TIME_LIMIT=seconds] [MEMORY_LIMIT=MiB] [INPUT="w=file x=file"]
#              [RESULTS=folder] [CLUSTER=slurm [PARTITION=p] [TASKS=n] [CORES=n] [CARRY=1]]
#   make sweep [the same]
#   make count [RUN=name] [STRATEGIES="a b"] [WORKLOADS="x y"] [RESULTS=folder]
#   make compare [OLD=folder | NAME=baseline] NEW=folder [THRESHOLD=3%] [FORCE="host …"] [OUTPUT=folder]
#   make baseline NAME=name [RUN=name] [REPLACE=1] [RESULTS=folder] | resolution
#   make profile RUN=name [RESULTS=folder] | charts RUN=name [RESULTS=folder] | list
#   make test | test-cluster [QUICK=1] | check [STRATEGIES="a b"] [WORKLOADS="x y"] [OPS=n]
#   make oracle [OPS=n] [SEED=n] [STRATEGIES="a b"]
#   make fuzz [MINUTES=n] [TARGETS="csv json"] [SEED=n]
#   make ratios [ROUNDS=n] [GROWTH_ROUNDS=n]
#   make stress [QUICK=1] [MINUTES=n] [MODES="a b"] [STRATEGIES="a b"] [WORKLOADS="x y"] [SEED=n] [RUN=name]
#               [RESULTS=folder]
#   make trust [QUICK=1]
#   make scale [HOSTS=n] [BLOCKS_PER_HOST=n]
#   make twins [RUN=name] [WORKLOADS="x y"]
#   make new-workload NAME=name | new-strategy NAME=name
#   make all | deps | clean | help

BUILD    := build
CC       := cc
IS_CLANG := $(findstring clang,$(shell $(CC) --version 2>/dev/null))
# Loops begin at 32-byte boundaries, and so does what is only jumped to, for gcc turns some loops so that they begin there:
# where a jump crosses one, Intel's processors from Skylake on lose up to half of a short loop's speed (the JCC erratum),
# and a difference between two strategies would be one of addresses, not of memory.
# Of the debug information a profiler and a report need only the lines; the rest would take a quarter of the time to compile.
CFLAGS   := -O2 -g1 -falign-loops=32 $(if $(IS_CLANG),,-falign-jumps=32)
WARNINGS := -Wall -Wextra
# A variable that is in scope at a yield. clang has no name for it: it refuses a local of a strategy that lets go, and else
# warns when the variable is used.
WARNINGS += $(if $(IS_CLANG),,-Werror=jump-misses-init)
SANITIZE := -Og -g1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CHECKS   := $(SANITIZE) -DCHECKED
JOBS     := $(shell nproc 2>/dev/null || echo 2)

# A cell's files cannot include the runner's; and -iquote, unlike -I, lets no file of ours hide a <header> of the system's.
CELL_FOLDERS   := $(addprefix harness/,cell profile templates words)
RUNNER_FOLDERS := harness $(filter-out $(CELL_FOLDERS),$(patsubst %/,%,$(wildcard harness/*/)))
COMPILE        := $(CC) -std=gnu17 -D_GNU_SOURCE $(WARNINGS) -MMD -MP
CELL_COMPILE   := $(COMPILE) -Wfatal-errors -iquote harness -iquote strategies -iquote workloads
RUNNER_COMPILE := $(COMPILE) $(addprefix -iquote ,$(RUNNER_FOLDERS))

ALL_STRATEGIES := $(patsubst strategies/%.h,%,$(wildcard strategies/*.h))
ALL_WORKLOADS  := $(patsubst workloads/%.c,%,$(wildcard workloads/*.c))
# One that says so in a line of its header, `/* Only when named */`, is in a run only when it is named.
ONLY_WHEN_NAMED := $(shell grep -l '^/\* Only when named \*/$$' strategies/*.h)
STRATEGIES     := $(filter-out $(ONLY_WHEN_NAMED:strategies/%.h=%),$(ALL_STRATEGIES))
WORKLOADS      := $(ALL_WORKLOADS)
# The modes of `make stress`, in their order (harness/stress/modes.c).
ALL_MODES      := $(shell sed -n 's/^    &stress_\([a-z]*\),$$/\1/p' harness/stress/modes.c)
MODES          := $(ALL_MODES)

misnamed := $(shell ls strategies workloads | grep -E '\.[hc]$$' | grep -vxE '[A-Za-z_][A-Za-z0-9_]*\.[hc]' | head -n 1)
$(if $(misnamed),$(error '$(misnamed)' is no name for a strategy or a workload: letters, digits and _ only))
hidden := $(firstword $(filter $(notdir $(wildcard harness/*.h)),$(notdir $(wildcard strategies/*.h))))
$(if $(hidden),$(error strategies/$(hidden) cannot be found behind harness/$(hidden); give it another name))
unknown = $(firstword $(filter-out $(ALL_$1),$($1)))
$(if $(call unknown,STRATEGIES),$(error unknown strategy '$(call unknown,STRATEGIES)'; there are: $(ALL_STRATEGIES)))
$(if $(call unknown,MODES),$(error unknown mode '$(call unknown,MODES)'; there are: $(ALL_MODES)))
$(if $(call unknown,WORKLOADS),$(error unknown workload '$(call unknown,WORKLOADS)'; there are: $(ALL_WORKLOADS)))

CELLS   := $(foreach s,$(STRATEGIES),$(foreach w,$(WORKLOADS),$(BUILD)/$s/$w))
CHECKED := $(CELLS:$(BUILD)/%=$(BUILD)/checked/%)
COUNTED := $(CELLS:$(BUILD)/%=$(BUILD)/counted/%)

# Programs that only stress is interested in: cells of a build of their own.
STRESS_WORKLOADS := $(patsubst workloads/stress/%.c,%,$(wildcard workloads/stress/*.c))
STRESS_CELLS     := $(foreach s,$(STRATEGIES),$(foreach w,$(STRESS_WORKLOADS),$(BUILD)/stress/$s/$w))
STRESS_COUNTED   := $(STRESS_CELLS:$(BUILD)/stress/%=$(BUILD)/stress/counted/%)

CELL_COMMON    := $(patsubst harness/%.c,$(BUILD)/%.o,$(wildcard harness/cell/*.c))
CENSUS         := $(patsubst harness/%.c,$(BUILD)/counted/%.o,$(wildcard harness/profile/*.c) harness/cell/resident.c)
CHECKED_COMMON := $(CELL_COMMON:$(BUILD)/%=$(BUILD)/checked/%)
COUNTED_COMMON := $(sort $(CELL_COMMON:$(BUILD)/%=$(BUILD)/counted/%) $(CENSUS))
CHECKED_CENSUS := $(CENSUS:$(BUILD)/%=$(BUILD)/checked/%)

RUNNER       := $(patsubst %.c,$(BUILD)/%.o,\
                $(filter-out harness/cell/% harness/profile/%,$(wildcard harness/*.c harness/*/*.c)))
RUNNER_PARTS := $(filter-out %/reclaim.o,$(RUNNER))
RUNNER_LIBS  := -ljansson -lcrypto -lm -lpthread

.DELETE_ON_ERROR:
.SECONDEXPANSION:
.PHONY: all bench sweep test check oracle ratios trust twins list profile charts new-workload new-strategy deps clean cells
.PHONY: measurable test-cluster scale stress fuzz timed compare baseline resolution count help

all: cells $(BUILD)/reclaim $(BUILD)/fingerprint
timed: $(CELLS)
cells: timed $(COUNTED)

# ---- How a program is compiled is told by where it is put -----------------------------------------------------------

$(BUILD)/%:                 MODE_FLAGS = $(CFLAGS)
$(BUILD)/counted/%:         MODE_FLAGS = $(CFLAGS) -DCOUNTED
$(BUILD)/stress/counted/%:  MODE_FLAGS = $(CFLAGS) -DCOUNTED
$(BUILD)/checked/%:         MODE_FLAGS = $(CHECKS)
$(BUILD)/checked/counted/%: MODE_FLAGS = $(CHECKS) -DCOUNTED

strategy_of = $(notdir $(patsubst %/,%,$(dir $1)))
header_of   = strategies/$(call strategy_of,$1).h
# A strategy that needs a library says so in its own header, in a line `/* Links with: -lgc */`, or names the command that
# tells what to compile and link with, in a line `/* Flags from: pkg-config gc --cflags --libs */`; the system's own command
# goes before another of its name, and where there is none there are no flags.
says        = $(shell sed -n 's|^/\* $1: \(.*\) \*/$$|\1|p' $2)
flags_from  = $(if $1,$(shell PATH=/usr/bin:$$PATH; flags=$$($1 2>/dev/null) && echo $$flags))
flags_of    = $(call says,Links with,$1) $(call flags_from,$(call says,Flags from,$1))
# Asked for once, and not for each program: make starts no compiler while it waits for the answer.
$(foreach s,$(ALL_STRATEGIES),$(eval flags_of_$s := $$(call flags_of,strategies/$s.h)))

# What is compiled with a strategy. Rules of their own add what they link and, instead of AS, how they name the strategy.
AS = -DSTRATEGY=$(call strategy_of,$@)
# Symbols are bound when the program starts, not at their first call: that would be in the midst of the work, and leaves the
# registers on the stack, at a place that differs between processors, where a conservative collector takes them for references.
BOUND := -Wl,-z,now
# The same source and compiler give the same program in every folder, by which a run on several machines knows them to be alike.
ANYWHERE := -fdebug-prefix-map=$(CURDIR)=.
define compile
@mkdir -p $(@D)
$(CELL_COMPILE) $(BOUND) '$(ANYWHERE)' $(MODE_FLAGS) $(AS) -o $@ $(filter %.c %.o,$^) $(LIBS) $(flags_of_$(call strategy_of,$@))
endef

# ---- Cells: one executable each, so that the strategy is inlined into the workload ----------------------------------
# One that counts records every birth and death, with its line in the program; its times mean nothing, but for pauses.

$(CELLS) $(CHECKED) $(COUNTED): workloads/$$(notdir $$@).c $$(call header_of,$$@) $(BUILD)/flags
	$(compile)
$(STRESS_CELLS) $(STRESS_COUNTED): workloads/stress/$$(notdir $$@).c $$(call header_of,$$@) $(BUILD)/flags
	$(compile)
$(CELLS) $(STRESS_CELLS):     $(CELL_COMMON)
$(CHECKED):                   $(CHECKED_COMMON)
$(COUNTED) $(STRESS_COUNTED): $(COUNTED_COMMON)

$(CELL_COMMON):    $(BUILD)/%.o: harness/%.c
$(CHECKED_COMMON): $(BUILD)/checked/%.o: harness/%.c
$(COUNTED_COMMON): $(BUILD)/counted/%.o: harness/%.c
$(CHECKED_CENSUS): $(BUILD)/checked/counted/%.o: harness/%.c
$(CELL_COMMON) $(CHECKED_COMMON) $(COUNTED_COMMON) $(CHECKED_CENSUS): $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) '$(ANYWHERE)' $(MODE_FLAGS) -c -o $@ $(filter %.c,$^)

# ---- The runner -----------------------------------------------------------------------------------------------------

$(BUILD)/reclaim: $(RUNNER)
	$(CC) $(CFLAGS) -o $@ $^ $(RUNNER_LIBS)

$(RUNNER): $(BUILD)/harness/%.o: harness/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(RUNNER_COMPILE) $(CFLAGS) -c -o $@ $<

# What the cells were compiled by and for: other machines of a run look whether theirs would be the same.
$(BUILD)/fingerprint: $(BUILD)/flags harness/cluster/fingerprint.sh
	@harness/cluster/fingerprint.sh $(CC) >$@

# What the page looks like and does stands in files of its own, which the assembler reads.
$(BUILD)/harness/page/assets.o: harness/page/page.css harness/page/page.js

include tests/programs.mk

# ---- What was used to build: its change rebuilds everything, its sameness nothing -----------------------------------

# strip, for a strategy that has no flags shall not change them by a space. Which folders the runner has is left out of the
# comparison: one more changes nothing of what was compiled without it; and so is the folder of the project, which may be moved.
FLAGS := $(strip $(CELL_COMPILE) $(BOUND) $(subst $(CURDIR),,$(ANYWHERE)) $(CFLAGS) | $(CHECKS) | $(RUNNER_COMPILE) | \
                 $(foreach s,$(ALL_STRATEGIES),$(flags_of_$s)))
ifneq ($(MAKECMDGOALS),clean)
$(shell mkdir -p $(BUILD); { $(CC) --version | head -n 1; echo '$(FLAGS)'; } >$(BUILD)/flags.now 2>/dev/null; \
        without_folders() { sed 's| -iquote harness/[a-z]*||g' "$$1"; }; \
        [ "$$(without_folders $(BUILD)/flags.now)" = "$$(without_folders $(BUILD)/flags 2>/dev/null)" ] && \
        rm $(BUILD)/flags.now || mv $(BUILD)/flags.now $(BUILD)/flags)
endif

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# A rival whose documentation names settings for speed says them in its header, in a line `/* Best settings: name=n,name=n */`;
# a full run has it with these, too.
BEST = $(strip $(foreach s,$(STRATEGIES),$(addprefix $s.,$(call says,Best settings,strategies/$s.h))))

# ---- What people ask for --------------------------------------------------------------------------------------------
# Variables given on the command line reach the shell through the environment, so that no value can be taken for code.

# A run that is gone on with needs the cells of its plan. With CLUSTER= the same run on many machines, and the command that submits
# it takes the options of the one that measures.
bench sweep: deps
	@$(if $(CLUSTER),harness/cluster/slurm.sh --check)
	@folder=$${RESULTS:-results}/$$RUN strategies=$$STRATEGIES workloads=$$WORKLOADS; \
	: "$${strategies:=$$(harness/planned.sh "$$folder" strategy)}" "$${workloads:=$$(harness/planned.sh "$$folder" workload)}"; \
	$(MAKE) --no-print-directory -j$(JOBS) -s measurable \
	    $${strategies:+STRATEGIES="$$strategies"} $${workloads:+WORKLOADS="$$workloads"}
	@set -f; for input in $$INPUT; do set -- "$$@" --input "$$input"; done; \
	$(if $(filter-out sweep,$@),$(if $(filter-out 0,$(FULL)),$(if $(BEST),SET="$${SET:+$$SET }$(BEST)";))) \
	$(if $(CLUSTER),harness/cluster/slurm.sh) $(BUILD)/reclaim $@ --build $(BUILD) \
	    $(if $(filter-out 0,$(QUICK)),--quick) $(if $(filter-out 0,$(FULL)),--full) \
	    $${STRATEGIES:+--strategies "$$STRATEGIES"} $${WORKLOADS:+--workloads "$$WORKLOADS"} \
	    $${SET:+--set "$$SET"} $${RUN:+--run "$$RUN"} $${SEED:+--seed "$$SEED"} $${BASELINE:+--baseline "$$BASELINE"} \
	    $${BLOCKS:+--blocks "$$BLOCKS"} $${TIME_LIMIT:+--time-limit "$$TIME_LIMIT"} \
	    $${MEMORY_LIMIT:+--memory-limit "$$MEMORY_LIMIT"} $${RESULTS:+--results "$$RESULTS"} "$$@"

measurable:
	@echo "Building $(words $(CELLS) $(COUNTED)) cells (about half a second each the first time), then measuring."
	@$(MAKE) --no-print-directory -j$(JOBS) -s all

test: deps
	@harness/deps.sh $(CC) $(BUILD) valgrind
	@$(MAKE) --no-print-directory -j$(JOBS) -s all tests
	@tests/test.sh $(BUILD)

# A real Slurm, on this machine alone; in four minutes. With QUICK=1 only a run of which a node dies halfway, in one.
test-cluster: deps
	@harness/deps.sh $(CC) $(BUILD) cluster
	@$(MAKE) --no-print-directory -j$(JOBS) -s all
	@$(if $(filter-out 0,$(QUICK)),,tests/cluster/nodes.sh &&) tests/cluster/two_nodes.sh $(BUILD) $(if $(filter-out 0,$(QUICK)),quick)

# A run on a thousand machines, made up: 6 GB of disk, and three minutes.
scale: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim
	@tests/scale.sh $(BUILD)

# Where workloads are named, what knows nothing of workloads is left out.
check: deps
	@harness/deps.sh $(CC) $(BUILD) valgrind
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim $(CELLS) $(CHECKED) $(ZEALOUS) \
	    $(if $(filter file,$(origin WORKLOADS)),checks)
	@tests/check.sh $(BUILD)

oracle: deps
	@tests/oracle.sh --check
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(ORACLES)
	@tests/oracle.sh $(BUILD)

# What a mode of stress needs is told in tests/programs.mk. Exit status 1 is a broken promise, 2 what could not run; make turns both
# into a 2 of its own.
stress: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim \
	    $(sort $(foreach m,$(or $(strip $(MODES)),$(ALL_MODES)),$(STRESS_$m)))
	@$(BUILD)/reclaim stress --build $(BUILD) $(if $(filter-out 0,$(QUICK)),--quick) --modes "$(MODES)" \
	    $${MINUTES:+--minutes "$$MINUTES"} $${STRATEGIES:+--strategies "$$STRATEGIES"} \
	    $${WORKLOADS:+--workloads "$$WORKLOADS"} $${SEED:+--seed "$$SEED"} $${RUN:+--run "$$RUN"} \
	    $${RESULTS:+--results "$$RESULTS"}

# clang's runtime is on few machines. The replays are what plays a finding again.
fuzz: deps
	@tests/fuzz.sh --check
	@CLANG=$(CLANG) harness/deps.sh $(CC) $(BUILD) fuzz
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(FUZZERS) $(TARGETS:%=$(BUILD)/replay/%)
	@tests/fuzz.sh $(BUILD)

# Rivals that cannot be installed are reported, not missed.
ratios: deps
	@harness/deps.sh $(CC) $(BUILD) ratios
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(RATIOS)
	@tests/alone.sh "make ratios" tests/ratios.sh $(BUILD)

trust: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s all
	@QUICK=$(filter-out 0,$(QUICK)) tests/alone.sh "make trust" tests/trust.sh $(BUILD)

# The system's python3 is the one whose heap the strategy cpython has. sequence is the yardstick of every run, whatever is
# named.
twins: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s STRATEGIES="$(PYTHONIC)" WORKLOADS="$(TWINNED)" $(TWINS)
	@tests/alone.sh "make twins" /usr/bin/python3 tests/twins.py $(BUILD) "$${RESULTS:-results}/$${RUN:-twins}" \
	    $(if $(filter-out file,$(origin WORKLOADS)),$(WORKLOADS))

new-workload new-strategy:
	$(if $(findstring $$,$(value NAME)),$(error '$(value NAME)' is no name: letters, digits and _ only))
	@CC="$(CC)" harness/templates/new.sh $(@:new-%=%) "$$NAME"

list: deps
	@echo "Building $(words $(CELLS)) cells, which know what they are (half a second each the first time)."
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim $(CELLS)
	@$(BUILD)/reclaim list

# What was counted changes all that is derived from it; what could not be counted is shown as that.
AND_REPORT = status=$$?; [ $$status -gt 1 ] || $(BUILD)/reclaim report "$$run" || exit; exit $$status

# Builds the cells of the run in $$run, and no others; where there is no such run, only what says so.
RUN_NAMES = awk -F, -v column=$1 'NR == 1 { for (i = 1; i <= NF; i++) if ($$i == column) c = i; next } \
    !seen[$$c]++ { print $$c }' "$$run/trials.csv" 2>/dev/null | xargs
BUILD_RUN = strategies=$${STRATEGIES:-$$($(call RUN_NAMES,strategy))} workloads=$${WORKLOADS:-$$($(call RUN_NAMES,workload))}; \
    $(MAKE) --no-print-directory -j$(JOBS) -s STRATEGIES="$$strategies" WORKLOADS="$$workloads" $(BUILD)/reclaim

profile: deps
	@run="$${RESULTS:-results}/$${RUN:?say which run: make profile RUN=name}"; $(BUILD_RUN) cells || exit; \
	$(BUILD)/reclaim profile --build $(BUILD) "$$run"; $(AND_REPORT)

# Without RUN, of the run whose trials were written last.
count: deps
	@harness/deps.sh $(CC) $(BUILD) valgrind
	@results=$${RESULTS:-results}; \
	name=$${RUN:-$$(cd "$$results" 2>/dev/null && ls -t -- */trials.csv 2>/dev/null | head -n 1 | cut -d/ -f1)}; \
	run=$$results/$${name:?there is no run in $$results yet: make bench}; $(BUILD_RUN) timed || exit; \
	$(BUILD)/reclaim count --build $(BUILD) $${STRATEGIES:+--strategies "$$STRATEGIES"} $${WORKLOADS:+--workloads "$$WORKLOADS"} \
	    "$$run"; $(AND_REPORT)

charts: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim
	@$(BUILD)/reclaim report "$${RESULTS:-results}/$${RUN:?say which run: make charts RUN=name}"

# Exit status 1 is a regression, 2 what cannot be compared; make turns both into a 2 of its own.
compare: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim
	@set -f; $(BUILD)/reclaim compare $${THRESHOLD:+--threshold "$$THRESHOLD"} $${FORCE:+--force "$$FORCE"} \
	    $${OUTPUT:+--output "$$OUTPUT"} $${NAME:+--baseline "$$NAME"} -- $${OLD:+"$$OLD"} \
	    "$${NEW:?say which run: make compare NEW=results/name}"

baseline:
	@harness/compare/baseline.sh "$${RESULTS:-results}" "$${NAME:?say what to call it: make baseline NAME=name}" $${RUN:+"$$RUN"}

# What slowdowns are found: fresh runs of a strategy that has one, for about ten minutes.
resolution: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim
	@tests/alone.sh "make resolution" tests/resolution.sh $(BUILD)

deps:
	@harness/deps.sh $(CC) $(BUILD)

help:
	@sed -n 's/^#   make/make/p; s/^#       /      /p' Makefile

clean:
	rm -rf $(BUILD)
