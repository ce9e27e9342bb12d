/**
 * The reader of all YAML files: typed sections, every fault of a file at once with its line and
 * remedy, unknown and repeated keys refused. It does not depend on the content of the files.
 */
@NullMarked
package io.millrace.yaml;

import org.jspecify.annotations.NullMarked;
