/* settings: a value for one of those of the strategy that this program was compiled with (parts/setting.h), by its name. */
#ifndef SETTINGS_H
#define SETTINGS_H

/* Gives a setting its value. assignment: `name=value`. Returns NULL; or what is wrong with it, in words good until the next
 * call: it has no =, there is no setting of that name, it is set already, or the value is not a whole number in its range. */
const char *settings_assign(const char *assignment);

#endif
