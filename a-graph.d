graph.o: workloads/graph.c harness/workload.h harness/cell.h \
 strategies/parts/setting.h strategies/parts/system.h \
 strategies/parts/census.h strategies/parts/type.h strategies/refcount.h \
 strategies/parts/counting.h strategies/parts/damage.h \
 strategies/parts/pool.h strategies/parts/chunks.h \
 strategies/parts/poison.h strategies/parts/weakrefs.h \
 harness/profile/births.h workloads/objects/forest.h \
 workloads/objects/list.h workloads/objects/array.h \
 workloads/objects/keys.h
harness/workload.h:
harness/cell.h:
strategies/parts/setting.h:
strategies/parts/system.h:
strategies/parts/census.h:
strategies/parts/type.h:
strategies/refcount.h:
strategies/parts/counting.h:
strategies/parts/damage.h:
strategies/parts/pool.h:
strategies/parts/chunks.h:
strategies/parts/poison.h:
strategies/parts/weakrefs.h:
harness/profile/births.h:
workloads/objects/forest.h:
workloads/objects/list.h:
workloads/objects/array.h:
workloads/objects/keys.h:
