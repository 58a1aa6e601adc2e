/* own_frame: a function that is never inlined. A collector that reads the stack would else find its variables in the frame of
 * its caller, which goes on, and keep what they referred to. */
#ifndef OWN_FRAME_H
#define OWN_FRAME_H

#define IN_OWN_FRAME __attribute__((noinline))

#endif
