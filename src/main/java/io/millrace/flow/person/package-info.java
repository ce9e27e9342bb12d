/**
 * Who an event's person is: an identifier's home knows its person and sends its events there, and
 * its history when the person changes. See docs/identity.md.
 */
@NullMarked
package io.millrace.flow.person;

import org.jspecify.annotations.NullMarked;
