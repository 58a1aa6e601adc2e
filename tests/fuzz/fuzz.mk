# The targets of the fuzzer: a part of the Makefile. tests/fuzz/NAME.c is one where it has the fuzzer's entry point. Each is
# built twice: by clang for libFuzzer, as $(BUILD)/fuzz/NAME; and by the ordinary compiler with a main that replays inputs, as
# $(BUILD)/replay/NAME. What runs them is tests/fuzz.sh and tests/replay.sh.

CLANG := clang

ALL_TARGETS  := $(patsubst tests/fuzz/%.c,%,$(shell grep -ls '^int LLVMFuzzerTestOneInput' tests/fuzz/*.c))
TARGETS      := $(ALL_TARGETS)
FUZZERS      := $(TARGETS:%=$(BUILD)/fuzz/%)
REPLAYS      := $(ALL_TARGETS:%=$(BUILD)/replay/%)
# A target that is a cell says under which strategy; the others are parts of the runner.
CELL_TARGETS := $(patsubst tests/fuzz/%.c,%,$(shell grep -ls '^/\* Under: ' tests/fuzz/*.c))

$(if $(call unknown,TARGETS),$(error unknown target '$(call unknown,TARGETS)'; there are: $(ALL_TARGETS)))

# The parts of the runner that read what others wrote, compiled as the target is; the rest is as in the runner.
FUZZED_PARTS := $(patsubst %.c,%.o,$(wildcard harness/rows/*.c)) $(addprefix harness/system/,memory.o clean.o) \
    $(addprefix harness/run/,verdict.o hyperfine.o manifest.o parameters.o parameters_json.o configurations.o mode.o)
OTHER_PARTS  := $(filter-out $(FUZZED_PARTS:%=$(BUILD)/%) $(BUILD)/harness/system/fail.o,$(RUNNER_PARTS))
CELL_PARTS   := harness/cell/input.o harness/cell/settings.o
SCRIPT_PARTS := tests/oracle/script.o

REPLAY_FLAGS = $(COMPILE) $(SANITIZE)
FUZZ_FLAGS   = $(CLANG) -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -MMD -MP -O1 -g -fno-omit-frame-pointer $(WATCHED)
# What is no part of the suite is neither looked at nor counted among the edges.
WATCHED      = $(if $(filter %/fuzz.c %_reference.c,$<),,-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
CELL_PATHS   := -iquote . -iquote harness -iquote strategies -iquote workloads -iquote tests/fuzz
OF_CELLS     := harness/cell/% tests/oracle/% %/fuzz.c %/script.c $(CELL_TARGETS:%=tests/fuzz/%.c)
PATHS_TO     = $(if $(filter $(OF_CELLS),$1),$(CELL_PATHS),$(addprefix -iquote ,$(RUNNER_FOLDERS)) -iquote tests/fuzz)
UNDER        = $(if $(call says,Under,$1),-DCHECKED -DSTRATEGY=$(call says,Under,$1))
tests: $(REPLAYS)

FUZZ_OBJECTS := $(FUZZED_PARTS) $(CELL_PARTS) $(SCRIPT_PARTS) $(patsubst %.c,%.o,$(wildcard tests/fuzz/*.c))

$(FUZZ_OBJECTS:%=$(BUILD)/fuzz/%):   $(BUILD)/fuzz/%.o: %.c $(BUILD)/flags tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	$(FUZZ_FLAGS) $(call PATHS_TO,$<) $(call UNDER,$<) -c -o $@ $<
$(FUZZ_OBJECTS:%=$(BUILD)/replay/%): $(BUILD)/replay/%.o: %.c $(BUILD)/flags tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	$(REPLAY_FLAGS) $(call PATHS_TO,$<) $(call UNDER,$<) -c -o $@ $<

# What a target is linked with, compiled as it is; and what else.
suite_of  = $(if $(filter $1,$(CELL_TARGETS)),$(CELL_PARTS),$(if $(filter $1,script),$(SCRIPT_PARTS),$(FUZZED_PARTS)))
parts_of  = tests/fuzz/fuzz.o tests/fuzz/$1.o $(patsubst %.c,%.o,$(wildcard tests/fuzz/$1_reference.c)) $(suite_of)
others_of = $(if $(filter $1,$(CELL_TARGETS) script),,$(OTHER_PARTS))
# The targets stand in for these calls of the C library.
FUZZ_LINK := -Wl,--wrap=open,--wrap=fopen,--wrap=fdopen,--wrap=fclose $(RUNNER_LIBS)

$(FUZZERS): $(BUILD)/fuzz/%: $$(addprefix $(BUILD)/fuzz/,$$(call parts_of,$$*)) $$(call others_of,$$*)
	$(CLANG) -fsanitize=fuzzer,address,undefined -o $@ $^ $(FUZZ_LINK)
$(REPLAYS): $(BUILD)/replay/%: $$(addprefix $(BUILD)/replay/,$$(call parts_of,$$*) tests/fuzz/replay.o) $$(call others_of,$$*)
	$(CC) $(SANITIZE) -o $@ $^ $(FUZZ_LINK)
