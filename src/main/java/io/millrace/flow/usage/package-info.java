/** Usage: which occurrence of something this is (the first login, the tenth export). */
@NullMarked
package io.millrace.flow.usage;

import org.jspecify.annotations.NullMarked;
