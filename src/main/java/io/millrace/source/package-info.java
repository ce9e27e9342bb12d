/**
 * Pure: a connected sender. A source names its provider, its secrets and what differs from the
 * provider's usual form. A source is a YAML file in a folder that is watched while we run.
 */
@NullMarked
package io.millrace.source;

import org.jspecify.annotations.NullMarked;
