/** Classes that break each import rule on purpose, so that the rules are known to bite. */
@NullMarked
package io.millrace.tidy.planted;

import org.jspecify.annotations.NullMarked;
