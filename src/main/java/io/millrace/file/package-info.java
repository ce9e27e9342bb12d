/** Files and folders that hold secrets or personal data. */
@NullMarked
package io.millrace.file;

import org.jspecify.annotations.NullMarked;
