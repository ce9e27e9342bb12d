/** Pure: replaces personal data in captured requests and keeps their format. */
@NullMarked
package io.millrace.capture;

import org.jspecify.annotations.NullMarked;
