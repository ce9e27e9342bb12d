/**
 * The commands of the bench artifact: {@code demo}, {@code up}, {@code simulate}, {@code replay}
 * and {@code bench}. {@link io.millrace.Main} finds them when the artifact is on the class path.
 */
@NullMarked
package io.millrace.bench.command;

import org.jspecify.annotations.NullMarked;
