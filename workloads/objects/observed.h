/* observed: what something outside the program looks at, for all that the compiler knows: it exists, in memory and up to here,
 * although the program itself could do without. */
#ifndef OBSERVED_H
#define OBSERVED_H

/* The reference, whose object has been looked at. */
#define observed(reference)                                                                                            \
    ({                                                                                                                 \
        typeof(reference) observed_ = (reference);                                                                     \
        __asm__ volatile("" : : "r"(observed_) : "memory");                                                            \
        observed_;                                                                                                     \
    })

#endif
