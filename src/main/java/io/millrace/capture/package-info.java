/** Pure: takes personal data out of captured requests and leaves their shape as it was. */
@NullMarked
package io.millrace.capture;

import org.jspecify.annotations.NullMarked;
