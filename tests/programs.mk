# The programs of the tests and of the ratios: a part of the Makefile, which says how a strategy is compiled into a program.
# What runs them is tests/test.sh, tests/check.sh and tests/ratios.sh.

KINDS_OF = $(foreach s,$1,$(foreach kind,$2,$(BUILD)/$(kind)/$s/$3))

# Strategies that are tested: those that were named, or all.
TESTED      := $(if $(filter file,$(origin STRATEGIES)),$(ALL_STRATEGIES),$(STRATEGIES))

UNIT_TESTS  := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/*.c))
POOL_TESTS  := $(BUILD)/tests/pool_test $(BUILD)/pooled/tests/pool_test
WORDS       := $(call KINDS_OF,$(ALL_STRATEGIES),tests checked/tests pooled/tests,words)
CONTAINERS  := $(call KINDS_OF,$(ALL_STRATEGIES),tests checked/tests,containers)
COUNTS      := $(call KINDS_OF,$(ALL_STRATEGIES),tests checked/tests,counted)
CAUGHT      := $(call KINDS_OF,$(STRATEGIES),checked/tests,caught)
SEMANTICS   := $(call KINDS_OF,$(TESTED),tests checked/tests pooled/tests,semantics)
ORACLES     := $(call KINDS_OF,$(TESTED),tests checked/tests pooled/tests,oracle)
OWN_TESTS   := $(foreach c,$(wildcard tests/strategies/*/*.c),$(patsubst tests/strategies/%.c,$(BUILD)/tests/%,$c) \
                                                              $(patsubst tests/strategies/%.c,$(BUILD)/checked/tests/%,$c))
BROKEN      := $(addprefix $(BUILD)/broken/,naive/oracle naive/semantics hoarder/oracle)
PREDICTORS  := $(addprefix $(BUILD)/counted/naive/,$(ALL_WORKLOADS)) \
               $(addprefix $(BUILD)/stress/counted/naive/,$(filter shapes,$(STRESS_WORKLOADS)))
CARELESS    := $(addprefix $(BUILD)/broken/careless/,$(WORKLOADS))

COLLECTORS  := $(foreach s,$(STRATEGIES),$(if $(shell grep '^\#define collects_cycles 1' strategies/$s.h),$s))
# Which can be told to collect before every birth: counted cells of their own, and all checked ones.
ZEALOUS         := $(foreach w,$(WORKLOADS),$(call KINDS_OF,$(COLLECTORS),zeal,$w))
CHECKED_ZEALOUS := $(foreach w,$(WORKLOADS),$(call KINDS_OF,$(COLLECTORS),checked,$w))

BYHAND      := $(addprefix $(BUILD)/byhand/,binary_trees_malloc binary_trees_bump binary_trees_gc \
                                            sequence_inline sequence_calls containers_plain)

# Those with sanitizers are for make check; but tests/allocators.sh looks at one cell.
ALL_TESTS   := $(POOL_TESTS) $(WORDS) $(CONTAINERS) $(COUNTS) $(SEMANTICS) $(OWN_TESTS)
SANITIZED   := $(filter $(BUILD)/checked/% $(BUILD)/pooled/%,$(ALL_TESTS))

tests: $(UNIT_TESTS) $(filter-out $(SANITIZED),$(ALL_TESTS)) $(BROKEN) $(CARELESS) $(BYHAND) \
       $(filter %/resources %/lifecycle %/growth %/shapes,$(PREDICTORS)) $(filter %/refcount/shapes,$(STRESS_COUNTED)) \
       $(BUILD)/tests/refcount/oracle $(BUILD)/stress/shim.so \
       $(BUILD)/ratios/refcount/containers \
       $(filter %/refcount_malloc/binary_trees %/json %/packages %/wordcount %/index,$(CHECKED))
checks: $(SANITIZED) $(CAUGHT) $(ORACLES)
.PHONY: tests checks

# Programs of stress that are looked at as cells are: those that have one thread.
SINGLE_THREADED := $(notdir $(basename $(shell grep -L '^\#define THREADED' workloads/stress/*.c)))
STRESS_CHECKED  := $(foreach w,$(SINGLE_THREADED),$(call KINDS_OF,$(STRATEGIES),checked/stress,$w))
checks: $(STRESS_CHECKED) $(foreach w,$(SINGLE_THREADED),$(filter %/$w,$(STRESS_CELLS)))
$(STRESS_CHECKED): workloads/stress/$$(notdir $$@).c $$(call header_of,$$@) $(CHECKED_COMMON) $(BUILD)/flags
	$(compile)

# Sanitized but not checked: the pools themselves serve, and poison what is free.
$(BUILD)/pooled/%: MODE_FLAGS = $(SANITIZE)
# Run for their answers alone, these are compiled in half the time.
$(BUILD)/zeal/%:            MODE_FLAGS = -Og -g1 -DCOUNTED
$(BUILD)/broken/careless/%: MODE_FLAGS = -Og -g1

# ---- Units of the runner, and the pool --------------------------------------------------------------------------------

$(UNIT_TESTS): $(BUILD)/tests/%: tests/unit/%.c $(RUNNER_PARTS) $(BUILD)/flags
	@mkdir -p $(@D)
	$(RUNNER_COMPILE) $(CFLAGS) -o $@ $< $(RUNNER_PARTS) -lcmocka $(RUNNER_LIBS)

# It is no part of the program: what it works out is compared with ours, where it is installed.
GSL = $(shell echo '\#include <gsl/gsl_cdf.h>' | $(CC) -E -x c - >/dev/null 2>&1 && echo -lgsl -lgslcblas)
$(BUILD)/tests/gsl_test: private RUNNER_LIBS += $(GSL)

$(POOL_TESTS): tests/pool.c $(BUILD)/flags
	$(compile)
$(POOL_TESTS): private LIBS := -lcmocka

# ---- Strategies -------------------------------------------------------------------------------------------------------

$(WORDS):     tests/words.c
$(CONTAINERS): tests/containers.c
$(COUNTS):    tests/counted.c
$(CAUGHT):    tests/caught.c
$(SEMANTICS): tests/semantics/semantics.c
$(ORACLES):   tests/oracle/mutator.c
$(OWN_TESTS): tests/strategies/$$(call strategy_of,$$@)/$$(notdir $$@).c
$(WORDS) $(CONTAINERS) $(COUNTS) $(CAUGHT) $(SEMANTICS) $(ORACLES) $(OWN_TESTS): $$(call header_of,$$@) $(BUILD)/flags
	$(compile)
$(WORDS) $(CONTAINERS) $(COUNTS) $(SEMANTICS) $(OWN_TESTS): private LIBS := -lcmocka
$(OWN_TESTS): private AS += -iquote tests

# These are counted, so that they can ask who is alive. What knows nothing of strategies is compiled once.
ORACLE_PARTS := $(patsubst %.c,$(BUILD)/%.o,$(filter-out %/mutator.c,$(wildcard tests/oracle/*.c)))
$(ORACLES):   $(ORACLE_PARTS) $(BUILD)/cell/settings.o
$(COUNTS) $(SEMANTICS) $(ORACLES): private AS += -DCOUNTED
$(filter-out $(BUILD)/checked/%,$(COUNTS)) $(SEMANTICS) $(ORACLES): $(CENSUS)
$(filter $(BUILD)/checked/%,$(COUNTS)): $(CHECKED_CENSUS)

$(ORACLE_PARTS): $(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -iquote harness $(CFLAGS) -c -o $@ $<

$(ZEALOUS): workloads/$$(notdir $$@).c $$(call header_of,$$@) $(COUNTED_COMMON) $(BUILD)/flags
	$(compile)
$(ZEALOUS) $(CHECKED_ZEALOUS): tests/zeal/zeal.h
$(ZEALOUS) $(CHECKED_ZEALOUS): private AS = -iquote tests/zeal -DSTRATEGY=zeal -DZEALOUS=$(call strategy_of,$@)

# Strategies that are none of the suite's, in which faults are planted: what the tests are tested with.
$(filter %/oracle,$(BROKEN)):    tests/oracle/mutator.c $(ORACLE_PARTS) $(BUILD)/cell/settings.o
$(filter %/semantics,$(BROKEN)): tests/semantics/semantics.c
$(BROKEN): tests/broken/$$(call strategy_of,$$@).h $(CENSUS) $(BUILD)/flags
	$(compile)
$(BROKEN): private AS += -iquote tests/broken -DCOUNTED
$(BROKEN): private LIBS := -lcmocka

# Workloads under one that harms what they hold.
$(CARELESS): workloads/$$(notdir $$@).c tests/broken/careless.h $(CELL_COMMON) $(BUILD)/flags
	$(compile)
$(CARELESS): private AS = -DSTRATEGY=careless -iquote tests/broken

# ---- What the modes of make stress run: STRESS_<mode> ------------------------------------------------------------------

STRESS_oracle = $(ORACLES)
STRESS_zeal   = $(ZEALOUS) $(if $(filter-out 0,$(QUICK)),,$(CHECKED_ZEALOUS))
STRESS_famine = $(CELLS) $(filter $(BUILD)/tests/%,$(ORACLES))
STRESS_limits = $(CELLS) $(filter %/shapes,$(STRESS_CELLS))
STRESS_depth := $(filter %/shapes,$(STRESS_CELLS))
STRESS_soak  := $(filter %/churn,$(STRESS_COUNTED))
STRESS_pauses := $(filter %/live,$(STRESS_COUNTED))

# A strategy whose header says so in a line `/* Beside: name */` is tried beside that one, though nobody named it; and one in
# whose header a line `/* Not under ThreadSanitizer: why */` stands is not watched by that.
saying            = $(patsubst strategies/%.h,%,$(shell grep -l '^/\* $1: .* \*/$$' strategies/*.h))
BESIDE           := $(foreach s,$(call saying,Beside),$(if $(filter $(call says,Beside,strategies/$s.h),$(STRATEGIES)),$s))
THREADED         := $(sort $(STRATEGIES) $(BESIDE))
THREADED_PLAIN   := $(patsubst %,$(BUILD)/stress/%/threads,$(THREADED))
THREADED_CHECKED := $(patsubst %,$(BUILD)/checked/stress/%/threads,$(THREADED))
THREADED_TSAN    := $(patsubst %,$(BUILD)/tsan/stress/%/threads,$(filter-out $(call saying,Not under ThreadSanitizer),$(THREADED)))
TSAN_COMMON      := $(CELL_COMMON:$(BUILD)/%=$(BUILD)/tsan/%)
STRESS_threads   := $(THREADED_PLAIN) $(THREADED_CHECKED) $(THREADED_TSAN)
$(BUILD)/tsan/% $(BUILD)/controls/tsan/%: MODE_FLAGS = -O1 -g1 -fsanitize=thread -DUNDER_THREAD_SANITIZER
$(filter-out $(STRESS_CELLS),$(STRESS_threads)): workloads/stress/threads.c $$(call header_of,$$@) $(BUILD)/flags
	$(compile)
$(filter-out $(STRESS_CELLS),$(THREADED_PLAIN)): $(CELL_COMMON)
$(THREADED_CHECKED): $(CHECKED_COMMON)
$(THREADED_TSAN):    $(TSAN_COMMON)
$(TSAN_COMMON): $(BUILD)/tsan/%.o: harness/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(CELL_COMPILE) $(MODE_FLAGS) -c -o $@ $<

# The runner's own, whatever strategies are named.
TINY_PLAIN    := $(foreach s,refcount never,$(BUILD)/stress/$s/tiny)
TINY_COUNTED  := $(TINY_PLAIN:$(BUILD)/stress/%=$(BUILD)/stress/counted/%)
TINY          := $(TINY_PLAIN) $(TINY_COUNTED)
STRESS_faults := $(TINY) $(filter %/never/shapes,$(STRESS_CELLS)) $(BUILD)/stress/odd $(BUILD)/stress/shim.so
$(filter-out $(STRESS_CELLS) $(STRESS_COUNTED),$(TINY)): workloads/stress/tiny.c $$(call header_of,$$@) $(BUILD)/flags
	$(compile)
$(TINY_PLAIN):   $(CELL_COMMON)
$(TINY_COUNTED): $(COUNTED_COMMON)
$(BUILD)/stress/odd: tests/stress/odd.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -O1 -pthread -o $@ $<
$(BUILD)/stress/shim.so: tests/stress/shim.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(COMPILE) -O2 -shared -fPIC -o $@ $< -ldl

# What must be left at the end is told by a strategy of the tests.
STRESS_leaks = $(COUNTED) $(filter %/shapes,$(STRESS_COUNTED)) $(filter $(BUILD)/tests/%,$(ORACLES)) \
               $(addprefix $(BUILD)/counted/naive/,$(WORKLOADS)) $(filter %/shapes,$(PREDICTORS))
$(PREDICTORS): MODE_FLAGS = -Og -g1 -DCOUNTED
$(filter $(BUILD)/counted/%,$(PREDICTORS)):        workloads/$$(notdir $$@).c
$(filter $(BUILD)/stress/counted/%,$(PREDICTORS)): workloads/stress/$$(notdir $$@).c
$(PREDICTORS): tests/broken/naive.h $(COUNTED_COMMON) $(BUILD)/flags
	$(compile)
$(PREDICTORS): private AS += -iquote tests/broken

# Strategies that are broken in one way, with the programs of the mode that must notice: a build of its own in the same layout.
CONTROLS        := $(BUILD)/controls
caught_by        = $(patsubst tests/broken/%.h,%,$(shell grep -l '^/\* Caught by: $1: ' tests/broken/*.h))
tried_with       = $(foreach c,$(call caught_by,$1),$(addprefix $(CONTROLS)/$2$c/,$(call says,Tried with,tests/broken/$c.h)))
LEAKING         := $(call tried_with,leaks,counted/)
CONTROL_ORACLES := $(foreach c,$(foreach mode,oracle leaks famine,$(call caught_by,$(mode))),$(CONTROLS)/tests/$c/oracle)
CONTROL_LEDGERS := $(foreach c,naive $(call caught_by,leaks),$(CONTROLS)/stress/counted/$c/shapes)
CONTROL_COUNTED := $(LEAKING) $(addprefix $(CONTROLS)/counted/naive/,$(sort $(notdir $(LEAKING))))
CONTROL_ZEALOUS := $(call tried_with,zeal,zeal/)
CONTROL_CELLS   := $(call tried_with,famine) $(call tried_with,limits)
CONTROL_SHAPES  := $(foreach c,$(call caught_by,depth),$(CONTROLS)/stress/$c/shapes)
CONTROL_CHURNS  := $(foreach c,$(call caught_by,soak),$(CONTROLS)/stress/counted/$c/churn)
CONTROL_LIVES   := $(foreach c,$(call caught_by,pauses),$(CONTROLS)/stress/counted/$c/live)
CONTROL_THREADS := $(foreach c,$(call caught_by,threads),$(CONTROLS)/stress/$c/threads)
CONTROL_TSAN    := $(CONTROL_THREADS:$(CONTROLS)/%=$(CONTROLS)/tsan/%)
STRESS_controls := $(CONTROL_ORACLES) $(CONTROL_COUNTED) $(CONTROL_LEDGERS) $(CONTROL_ZEALOUS) $(CONTROL_SHAPES) $(CONTROL_CHURNS) \
                   $(CONTROL_LIVES) $(CONTROL_CELLS) $(CONTROL_THREADS) $(CONTROL_TSAN)

$(CONTROLS)/%: MODE_FLAGS = -Og -g1
$(CONTROL_ORACLES) $(CONTROL_COUNTED) $(CONTROL_ZEALOUS) $(CONTROL_LEDGERS) $(CONTROL_CHURNS) $(CONTROL_LIVES): \
    private MODE_FLAGS += -DCOUNTED
$(CONTROL_ORACLES): tests/oracle/mutator.c $(ORACLE_PARTS) $(BUILD)/cell/settings.o $(CENSUS)
$(CONTROL_COUNTED) $(CONTROL_ZEALOUS) $(CONTROL_CELLS): workloads/$$(notdir $$@).c
$(CONTROL_SHAPES) $(CONTROL_LEDGERS) $(CONTROL_CHURNS) $(CONTROL_LIVES) $(CONTROL_THREADS) $(CONTROL_TSAN): \
    workloads/stress/$$(notdir $$@).c
$(CONTROL_COUNTED) $(CONTROL_ZEALOUS) $(CONTROL_LEDGERS) $(CONTROL_CHURNS) $(CONTROL_LIVES): $(COUNTED_COMMON)
$(CONTROL_SHAPES) $(CONTROL_CELLS) $(CONTROL_THREADS): $(CELL_COMMON)
$(CONTROL_TSAN): $(TSAN_COMMON)
$(CONTROL_ZEALOUS): tests/zeal/zeal.h
$(STRESS_controls): tests/broken/$$(call strategy_of,$$@).h $(BUILD)/flags
	$(compile)
$(STRESS_controls): private AS += -iquote tests/broken
$(CONTROL_ZEALOUS): private AS = -iquote tests/broken -iquote tests/zeal -DSTRATEGY=zeal -DZEALOUS=$(call strategy_of,$@)
# The runner by which a row of famine says how to try again.
STRESS_controls += $(CONTROLS)/reclaim
$(CONTROLS)/reclaim:
	@mkdir -p $(@D)
	ln -sf ../reclaim $@

# ---- Programs written by hand, and the ratios of the strategies to them -----------------------------------------------
# Rivals whose libraries are not installed are not built; tests/ratios.sh says so.

rival_flags = $(shell pkg-config --cflags --libs $1 2>/dev/null)
RIVALS := $(addprefix $(BUILD)/byhand/binary_trees_,obstack $(if $(call rival_flags,apr-1),apr) \
              $(if $(call rival_flags,talloc),talloc talloc_pool))
RATIO_PROGRAMS := $(foreach s,$(ALL_STRATEGIES),$(patsubst tests/ratios/%.c,$(BUILD)/ratios/$s/%,$(wildcard tests/ratios/*.c)))
RATIOS := $(filter %/binary_trees %/sequence %/lookup,$(CELLS)) $(BYHAND) $(RIVALS) $(RATIO_PROGRAMS)

$(filter %_gc,$(BYHAND)):                      private LIBS := -lgc
$(filter %_apr,$(RIVALS)):                     private LIBS = $(call rival_flags,apr-1)
$(filter %_talloc %_talloc_pool,$(RIVALS)):    private LIBS = $(call rival_flags,talloc)

# binary_trees_talloc_pool is binary_trees.c with -DBY_TALLOC_POOL.
byhand_of = $(firstword $(foreach c,$(wildcard tests/byhand/*.c),$(if $(filter $(notdir $(c:.c=))_%,$(notdir $1)),$c)))
by_whom   = $(shell echo $(patsubst $(notdir $(basename $(call byhand_of,$1)))_%,%,$(notdir $1)) | tr a-z A-Z)
$(BYHAND) $(RIVALS): $$(call byhand_of,$$@) $(BUILD)/flags
	$(compile)
$(BYHAND) $(RIVALS): private AS = -DBY_$(call by_whom,$@)

$(RATIO_PROGRAMS): tests/ratios/$$(notdir $$@).c $$(call header_of,$$@) $(BUILD)/cell/settings.o $(BUILD)/flags
	$(compile)

# ---- Workloads beside their twins in Python ---------------------------------------------------------------------------
# The two strategies that are models of Python's; counted, also pure counting, which shows what they find.

PYTHONIC := refcount_cycle cpython refcount
TWINNED  := $(sort sequence $(filter $(patsubst tests/twins/%.py,%,$(wildcard tests/twins/*.py)),$(WORKLOADS)))
TWINS    := $(foreach w,$(TWINNED),$(BUILD)/counted/refcount/$w \
                                   $(foreach s,refcount_cycle cpython,$(BUILD)/$s/$w $(BUILD)/counted/$s/$w))

include tests/fuzz/fuzz.mk
