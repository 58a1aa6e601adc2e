# reclaim: what does a way of managing memory cost, and what does it give back?
#
# The file system is the registry: every strategies/*.h x every workloads/*.c is a cell, $(BUILD)/<strategy>/<workload>.
# Nothing here names one of them.
#
#   make bench [QUICK=1 | FULL=1] [STRATEGIES="a b"] [WORKLOADS="x y"] [SET="s.setting=n …"] [RUN=name] [SEED=n]
#              [BASELINE=s] [BLOCKS=n] [TIME_LIMIT=seconds] [MEMORY_LIMIT=MiB] [INPUT=workload=file]
#   make oracle [OPS=n] [SEED=n] [STRATEGIES="a b"]
#   make test | check | ratios | all | list | profile RUN=name | charts RUN=name | deps | clean

BUILD    := build
CC       := cc
# Loops begin at 32-byte boundaries: where a jump crosses one, Intel's processors from Skylake on lose up to half of a short
# loop's speed (the JCC erratum), and a difference between two strategies would be one of addresses, not of memory.
CFLAGS   := -O2 -g -falign-loops=32
WARNINGS := -Wall -Wextra
# A local that is in scope at a yield; clang has no name for it and always refuses it.
WARNINGS += $(if $(findstring clang,$(shell $(CC) --version 2>/dev/null)),,-Werror=jump-misses-init)
SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CHECKS   := $(SANITIZE) -DCHECKED
JOBS     := $(shell nproc 2>/dev/null || echo 2)

# A cell's files cannot include the runner's; and -iquote, unlike -I, lets no file of ours hide a <header> of the system's.
RUNNER_FOLDERS := harness $(filter-out harness/profile,$(patsubst %/,%,$(wildcard harness/*/)))
COMPILE        := $(CC) -std=gnu17 -D_GNU_SOURCE $(WARNINGS) -MMD -MP
CELL_COMPILE   := $(COMPILE) -Wfatal-errors -iquote harness -iquote strategies -iquote workloads
RUNNER_COMPILE := $(COMPILE) $(addprefix -iquote ,$(RUNNER_FOLDERS))

ALL_STRATEGIES := $(patsubst strategies/%.h,%,$(wildcard strategies/*.h))
ALL_WORKLOADS  := $(patsubst workloads/%.c,%,$(wildcard workloads/*.c))
STRATEGIES     := $(ALL_STRATEGIES)
WORKLOADS      := $(ALL_WORKLOADS)

misnamed := $(shell ls strategies workloads | grep -E '\.[hc]$$' | grep -vxE '[A-Za-z_][A-Za-z0-9_]*\.[hc]' | head -n 1)
$(if $(misnamed),$(error '$(misnamed)' is no name for a strategy or a workload: letters, digits and _ only))
unknown = $(firstword $(filter-out $(ALL_$1),$($1)))
$(if $(call unknown,STRATEGIES),$(error unknown strategy '$(call unknown,STRATEGIES)'; there are: $(ALL_STRATEGIES)))
$(if $(call unknown,WORKLOADS),$(error unknown workload '$(call unknown,WORKLOADS)'; there are: $(ALL_WORKLOADS)))

CELLS   := $(foreach s,$(STRATEGIES),$(foreach w,$(WORKLOADS),$(BUILD)/$s/$w))
CHECKED := $(CELLS:$(BUILD)/%=$(BUILD)/checked/%)
COUNTED := $(CELLS:$(BUILD)/%=$(BUILD)/counted/%)

CENSUS         := $(patsubst harness/%.c,$(BUILD)/counted/%.o,$(wildcard harness/profile/*.c))
CELL_HALF      := $(BUILD)/cell.o $(BUILD)/allocator.o
CHECKED_HALF   := $(CELL_HALF:$(BUILD)/%=$(BUILD)/checked/%)
COUNTED_HALF   := $(CELL_HALF:$(BUILD)/%=$(BUILD)/counted/%) $(CENSUS)
CHECKED_CENSUS := $(CENSUS:$(BUILD)/%=$(BUILD)/checked/%)

RUNNER       := $(patsubst %.c,$(BUILD)/%.o,harness/reclaim.c $(filter-out harness/profile/%,$(wildcard harness/*/*.c)))
RUNNER_PARTS := $(filter-out %/reclaim.o,$(RUNNER))
RUNNER_LIBS  := -ljansson -lm

POOL_TESTS := $(BUILD)/tests/pool_test $(BUILD)/pooled/tests/pool_test
UNIT_TESTS := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*.c))
WORD_TESTS := $(foreach s,$(ALL_STRATEGIES),$(foreach kind,tests checked/tests pooled/tests,$(BUILD)/$(kind)/$s/words))
COUNT_TESTS := $(foreach s,$(ALL_STRATEGIES),$(foreach kind,tests checked/tests,$(BUILD)/$(kind)/$s/counted))
GENERATIONS := $(BUILD)/tests/refcount_cycle/generations
EMBEDDED   := $(addprefix $(BUILD)/,$(addsuffix /cpython/embedded,tests checked/tests))
TRACING    := $(addprefix $(BUILD)/,$(addsuffix /mark_sweep/tracing,tests checked/tests))
PROOFS     := $(foreach s,$(STRATEGIES),$(foreach kind,tests checked/tests pooled/tests,$(BUILD)/$(kind)/$s/))
SEMANTICS  := $(addsuffix semantics,$(PROOFS))
ORACLES    := $(addsuffix oracle,$(PROOFS))
COLLECTORS := $(foreach s,$(STRATEGIES),$(if $(shell grep '^\#define collects_cycles' strategies/$s.h),$s))
ZEALOUS    := $(foreach k,zeal checked/zeal,$(foreach s,$(COLLECTORS),$(foreach w,$(WORKLOADS),$(BUILD)/$k/$s/$w)))
BROKEN     := $(addprefix $(BUILD)/tests/broken/,oracle semantics hoarder)
ORACLE_PARTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/mutator.c,$(wildcard tests/oracle/*.c)))
BYHAND     := $(addprefix $(BUILD)/byhand/,binary_trees_malloc binary_trees_bump binary_trees_gc sequence_inline sequence_calls)

.DELETE_ON_ERROR:
.SECONDEXPANSION:
.PHONY: all bench test check oracle ratios ratio_programs list profile charts deps clean cells tests

all: cells $(BUILD)/reclaim
cells: $(CELLS) $(COUNTED)
tests: $(POOL_TESTS) $(UNIT_TESTS) $(WORD_TESTS) $(COUNT_TESTS) $(GENERATIONS) $(EMBEDDED) $(TRACING) $(CHECKED) $(BYHAND)
tests: $(SEMANTICS) $(BROKEN)

# ---- Cells: one executable each, so that the strategy is inlined into the workload ----------------------------------

strategy_of = $(notdir $(patsubst %/,%,$(dir $1)))
header_of   = strategies/$(call strategy_of,$1).h
# A strategy that needs a library says so in its own header, in a line `/* Links with: -lgc */`, or names the command that
# tells what to compile and link with, in a line `/* Flags from: pkg-config gc --cflags --libs */`; the system's own command
# goes before another of its name, and where there is none there are no flags.
says        = $(shell sed -n 's|^/\* $1: \(.*\) \*/$$|\1|p' $2)
flags_from  = $(if $1,$(shell PATH=/usr/bin:$$PATH; flags=$$($1 2>/dev/null) && echo $$flags))
libs_of     = $(call says,Links with,$(call header_of,$1)) $(call flags_from,$(call says,Flags from,$(call header_of,$1)))

$(CELLS): $(BUILD)/%: workloads/$$(notdir $$@).c $$(call header_of,$$@) $(CELL_HALF) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DSTRATEGY=$(call strategy_of,$@) -o $@ $< $(CELL_HALF) $(call libs_of,$@)

$(CHECKED): $(BUILD)/%: workloads/$$(notdir $$@).c $$(call header_of,$$@) $(CHECKED_HALF) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CHECKS) -DSTRATEGY=$(call strategy_of,$@) -o $@ $< $(CHECKED_HALF) $(call libs_of,$@)

# A cell that counts: every birth and death is recorded, with its line in the program. Its times mean nothing, but for pauses.
$(COUNTED): $(BUILD)/%: workloads/$$(notdir $$@).c $$(call header_of,$$@) $(COUNTED_HALF) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DCOUNTED -DSTRATEGY=$(call strategy_of,$@) -o $@ $< $(COUNTED_HALF) $(call libs_of,$@)

$(CHECKED_CENSUS): $(BUILD)/checked/counted/%.o: harness/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CHECKS) -DCOUNTED -c -o $@ $<

$(CELL_HALF): $(BUILD)/%.o: harness/%.c $(BUILD)/flags
	$(CELL_COMPILE) $(CFLAGS) -c -o $@ $<

$(CHECKED_HALF): $(BUILD)/checked/%.o: harness/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CHECKS) -c -o $@ $<

$(COUNTED_HALF): $(BUILD)/counted/%.o: harness/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DCOUNTED -c -o $@ $<

# ---- The runner -----------------------------------------------------------------------------------------------------

$(BUILD)/reclaim: $(RUNNER)
	$(CC) $(CFLAGS) -o $@ $^ $(RUNNER_LIBS)

$(RUNNER): $(BUILD)/harness/%.o: harness/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(RUNNER_COMPILE) $(CFLAGS) -c -o $@ $<

# ---- Tests ----------------------------------------------------------------------------------------------------------

$(POOL_TESTS): tests/pool.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(if $(findstring /pooled/,$@),$(SANITIZE),$(CFLAGS)) -o $@ $< -lcmocka

$(UNIT_TESTS): $(BUILD)/tests/%: tests/unit/%.c $(RUNNER_PARTS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(RUNNER_COMPILE) $(CFLAGS) -o $@ $< $(RUNNER_PARTS) -lcmocka $(RUNNER_LIBS)

$(BUILD)/tests/%/words: tests/words.c strategies/%.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DSTRATEGY=$* -o $@ $< -lcmocka $(call libs_of,$@)

$(BUILD)/checked/tests/%/words: tests/words.c strategies/%.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CHECKS) -DSTRATEGY=$* -o $@ $< -lcmocka $(call libs_of,$@)

# Sanitized but not checked: the pools themselves serve, and poison what is free.
$(BUILD)/pooled/tests/%/words: tests/words.c strategies/%.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(SANITIZE) -DSTRATEGY=$* -o $@ $< -lcmocka $(call libs_of,$@)

$(BUILD)/tests/%/counted: tests/counted.c strategies/%.h $(CENSUS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DCOUNTED -DSTRATEGY=$* -o $@ $< $(CENSUS) -lcmocka $(call libs_of,$@)

$(BUILD)/checked/tests/%/counted: tests/counted.c strategies/%.h $(CHECKED_CENSUS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CHECKS) -DCOUNTED -DSTRATEGY=$* -o $@ $< $(CHECKED_CENSUS) -lcmocka $(call libs_of,$@)

$(SEMANTICS): tests/semantics/semantics.c strategies/$$(call strategy_of,$$@).h $(CENSUS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(KIND) -DCOUNTED -DSTRATEGY=$(call strategy_of,$@) -o $@ $< $(CENSUS) -lcmocka $(call libs_of,$@)

# The oracle is counted, so that it can ask who is alive. What knows nothing of strategies is compiled once.
$(ORACLE_PARTS): $(BUILD)/tests/oracle/%.o: tests/oracle/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) $(CFLAGS) -c -o $@ $<

$(ORACLES): tests/oracle/mutator.c strategies/$$(call strategy_of,$$@).h $(ORACLE_PARTS) $(CENSUS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(KIND) -DCOUNTED -DSTRATEGY=$(call strategy_of,$@) -o $@ $< $(ORACLE_PARTS) $(CENSUS) $(call libs_of,$@)

# Every workload under every strategy that collects, collecting before every birth: counted, and checked.
$(ZEALOUS): workloads/$$(notdir $$@).c tests/zeal/zeal.h $$(call header_of,$$@) $(COUNTED_HALF) $(CHECKED_HALF) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) -iquote tests/zeal $(KIND) -DSTRATEGY=zeal -DZEALOUS=$(call strategy_of,$@) -o $@ $< $(HALF) \
	    $(call libs_of,$@)

# Strategies that are none of the suite's, in which faults are planted: what the tests are tested with.
$(BROKEN): tests/broken/naive.h tests/broken/hoarder.h strategies/mark_sweep.h tests/oracle/mutator.c \
           tests/semantics/semantics.c $(ORACLE_PARTS) $(CENSUS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) -iquote tests/broken $(CFLAGS) -DCOUNTED -DSTRATEGY=$(BROKEN_AS) -o $@ $(BROKEN_FROM) $(CENSUS) -lcmocka
$(BROKEN):                       BROKEN_AS = naive
$(BUILD)/tests/broken/hoarder:   BROKEN_AS = hoarder
$(BUILD)/tests/broken/hoarder:   BROKEN_FROM = tests/oracle/mutator.c $(ORACLE_PARTS)
$(BUILD)/tests/broken/oracle:    BROKEN_FROM = tests/oracle/mutator.c $(ORACLE_PARTS)
$(BUILD)/tests/broken/semantics: BROKEN_FROM = tests/semantics/semantics.c

$(BUILD)/zeal/%:         KIND = $(CFLAGS) -DCOUNTED
$(BUILD)/zeal/%:         HALF = $(COUNTED_HALF)
$(BUILD)/checked/zeal/%: KIND = $(CHECKS)
$(BUILD)/checked/zeal/%: HALF = $(CHECKED_HALF)
$(SEMANTICS) $(ORACLES): KIND = $(CFLAGS)
$(filter $(BUILD)/checked/%,$(SEMANTICS) $(ORACLES)): KIND = $(CHECKS)
$(filter $(BUILD)/pooled/%,$(SEMANTICS) $(ORACLES)): KIND = $(SANITIZE)

$(GENERATIONS): tests/generations.c strategies/refcount_cycle.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DSTRATEGY=refcount_cycle -o $@ $< -lcmocka

$(EMBEDDED): $(BUILD)/%: tests/embedded.c strategies/cpython.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(if $(filter checked/%,$*),$(CHECKS),$(CFLAGS)) -DSTRATEGY=cpython -o $@ $< -lcmocka $(call libs_of,cpython/)

$(TRACING): $(BUILD)/%: tests/tracing.c strategies/mark_sweep.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(if $(filter checked/%,$*),$(CHECKS),$(CFLAGS)) -DSTRATEGY=mark_sweep -o $@ $< -lcmocka

OWN_TESTS := $(foreach t,boehm/conservative arena/regions,$(BUILD)/tests/$t $(BUILD)/checked/tests/$t)
tests: $(OWN_TESTS)
$(OWN_TESTS): $(BUILD)/%: tests/$$(notdir $$@).c $$(call header_of,$$@) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(if $(filter checked/%,$*),$(CHECKS),$(CFLAGS)) -DSTRATEGY=$(call strategy_of,$@) -o $@ $< -lcmocka \
	    $(call libs_of,$@)

# ---- Programs written by hand, and the ratios of the cells to them --------------------------------------------------
# Rivals whose libraries are not installed are not built; tests/ratios.sh says so.

rival_libs = $(shell pkg-config --cflags --libs $1 2>/dev/null)
RIVALS := $(addprefix $(BUILD)/byhand/binary_trees_,obstack $(if $(call rival_libs,apr-1),apr) \
              $(if $(call rival_libs,talloc),talloc talloc_pool))
RATIO_PROGRAMS := $(foreach s,$(ALL_STRATEGIES),$(patsubst tests/ratios/%.c,$(BUILD)/ratios/$s/%,$(wildcard tests/ratios/*.c)))

%/binary_trees_gc: LIBS := -lgc
%/binary_trees_apr: LIBS = $(call rival_libs,apr-1)
%/binary_trees_talloc %/binary_trees_talloc_pool: LIBS = $(call rival_libs,talloc)
$(filter %/binary_trees_malloc %/binary_trees_bump %/binary_trees_gc,$(BYHAND)) $(RIVALS): $(BUILD)/byhand/binary_trees_%: tests/byhand/binary_trees.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DBY_$(shell echo $* | tr a-z A-Z) -o $@ $< $(LIBS)

$(filter %/sequence_inline %/sequence_calls,$(BYHAND)): $(BUILD)/byhand/sequence_%: tests/byhand/sequence.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(CFLAGS) -DBY_$(shell echo $* | tr a-z A-Z) -o $@ $<

$(RATIO_PROGRAMS): $(BUILD)/ratios/%: tests/ratios/$$(notdir $$@).c $$(call header_of,$$@) $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) -iquote tests/ratios $(CFLAGS) -DSTRATEGY=$(call strategy_of,$@) -o $@ $< $(call libs_of,$@)

# ---- What was used to build: its change rebuilds everything, its sameness nothing -----------------------------------

FLAGS := $(CELL_COMPILE) $(CFLAGS) | $(CHECKS) | $(RUNNER_COMPILE) | $(foreach s,$(ALL_STRATEGIES),$(call libs_of,$s/))
ifneq ($(MAKECMDGOALS),clean)
$(shell mkdir -p $(BUILD); { $(CC) --version | head -n 1; echo '$(FLAGS)'; } >$(BUILD)/flags.now 2>/dev/null; \
        cmp -s $(BUILD)/flags.now $(BUILD)/flags && rm $(BUILD)/flags.now || mv $(BUILD)/flags.now $(BUILD)/flags)
endif

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- What people ask for --------------------------------------------------------------------------------------------
# Variables given on the command line reach the shell through the environment, so that no value can be taken for code.

bench: deps
	@echo "Building $(words $(CELLS) $(COUNTED)) cells (about half a second each the first time), then measuring."
	@$(MAKE) --no-print-directory -j$(JOBS) -s all
	@$(BUILD)/reclaim bench --build $(BUILD) $(if $(filter-out 0,$(QUICK)),--quick) $(if $(filter-out 0,$(FULL)),--full) \
	    $${STRATEGIES:+--strategies "$$STRATEGIES"} $${WORKLOADS:+--workloads "$$WORKLOADS"} \
	    $${SET:+--set "$$SET"} $${RUN:+--run "$$RUN"} $${SEED:+--seed "$$SEED"} $${BASELINE:+--baseline "$$BASELINE"} \
	    $${BLOCKS:+--blocks "$$BLOCKS"} $${TIME_LIMIT:+--time-limit "$$TIME_LIMIT"} \
	    $${MEMORY_LIMIT:+--memory-limit "$$MEMORY_LIMIT"} $${INPUT:+--input "$$INPUT"} $${RESULTS:+--results "$$RESULTS"}

test: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s all tests
	@tests/test.sh $(BUILD)

check: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s all tests $(ORACLES) $(ZEALOUS)
	@tests/check.sh $(BUILD)

oracle: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(ORACLES)
	@tests/oracle.sh $(BUILD)
# Rivals that cannot be installed are reported, not missed.
ratios: deps
	@harness/deps.sh $(CC) $(BUILD) ratios
	@$(MAKE) --no-print-directory -j$(JOBS) -s ratio_programs
	@tests/ratios.sh $(BUILD)

ratio_programs: $(filter %/binary_trees %/sequence %/lookup,$(CELLS)) $(BYHAND) $(RIVALS) $(RATIO_PROGRAMS)

list: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s all
	@$(BUILD)/reclaim list

profile: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s all
	@$(BUILD)/reclaim profile --build $(BUILD) "results/$${RUN:?say which run: make profile RUN=name}"

charts: deps
	@$(MAKE) --no-print-directory -j$(JOBS) -s $(BUILD)/reclaim
	@$(BUILD)/reclaim charts "results/$${RUN:?say which run: make charts RUN=name}"

deps:
	@harness/deps.sh $(CC) $(BUILD)

clean:
	rm -rf $(BUILD)
