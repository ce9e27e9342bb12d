/** Topics in memory, and deliveries to fill them with. */
@NullMarked
package io.millrace.audit.testing;

import org.jspecify.annotations.NullMarked;
