package io.millrace.normalize;

import io.millrace.normalize.mapping.Scope;
import java.nio.ByteBuffer;

/**
 * One part of a delivery that should become one event.
 *
 * @param original its original bytes in the body
 * @param kept those that its dead letter keeps: of an element that reports several records the
 *     first keeps it whole, and the others what names them
 */
record Element(ByteBuffer original, ByteBuffer kept, Scope scope) {

  int index() {
    return scope.index();
  }

  int size() {
    return original.remaining();
  }
}
