package io.millrace.normalize.mapping;

import java.util.Optional;

/**
 * Where the values before a change are.
 *
 * @param path the object that has them by field
 * @param value where within each of its members the value is, when it is not the member itself
 */
record PreviousRule(FieldPath path, Optional<FieldPath> value) {}
