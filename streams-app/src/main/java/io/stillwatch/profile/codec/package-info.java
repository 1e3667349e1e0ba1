/** How stored state is written: bytes, and bit codes within them that make what is usual short. */
@NullMarked
package io.stillwatch.profile.codec;

import org.jspecify.annotations.NullMarked;
