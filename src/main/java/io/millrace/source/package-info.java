/**
 * Pure: the connected senders. A source names its provider, its secrets and what differs from the
 * provider's defaults. A source is a YAML file in a folder that is watched at run time.
 */
@NullMarked
package io.millrace.source;

import org.jspecify.annotations.NullMarked;
