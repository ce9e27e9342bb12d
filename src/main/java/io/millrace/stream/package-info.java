/**
 * The flow: the topologies in one file, one class per step. A step is thin: it reads its stores,
 * asks a rule, then writes its stores and forwards, in that order.
 */
@NullMarked
package io.millrace.stream;

import org.jspecify.annotations.NullMarked;
