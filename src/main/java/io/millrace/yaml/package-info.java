/**
 * The one reader of YAML files: typed sections, every fault of a file at once with its line and its
 * remedy, unknown and repeated keys refused. It knows nothing of what the files are about.
 */
@NullMarked
package io.millrace.yaml;

import org.jspecify.annotations.NullMarked;
