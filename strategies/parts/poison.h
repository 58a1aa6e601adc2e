/* Memory that must not be touched, under AddressSanitizer; nothing in other builds. */
#ifndef POISON_H
#define POISON_H

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POISON_IS_ON 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define POISON_IS_ON 1
#endif

#ifdef POISON_IS_ON
enum { POISONING = 1 };
#include <sanitizer/asan_interface.h>
#define poison(memory, bytes) __asan_poison_memory_region(memory, bytes)
#define unpoison(memory, bytes) __asan_unpoison_memory_region(memory, bytes)
#else
enum { POISONING = 0 };
#define poison(memory, bytes) ((void)(memory), (void)(bytes))
#define unpoison(memory, bytes) ((void)(memory), (void)(bytes))
#endif

#endif
