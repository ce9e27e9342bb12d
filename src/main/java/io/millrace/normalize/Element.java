package io.millrace.normalize;

import io.millrace.normalize.mapping.Scope;
import java.nio.ByteBuffer;

/**
 * One part of a delivery that should become one event.
 *
 * @param original its original bytes in the body
 */
record Element(ByteBuffer original, Scope scope) {

  int index() {
    return scope.index();
  }

  int size() {
    return original.remaining();
  }
}
