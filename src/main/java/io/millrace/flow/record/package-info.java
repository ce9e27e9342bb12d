/**
 * Records: from ordered events to the rows of leads, contacts, accounts and deals, including merges
 * and deletions. {@link io.millrace.flow.record.MergeRecordState} joins an event into the state of
 * its record; handlers write what follows from it.
 */
@NullMarked
package io.millrace.flow.record;

import org.jspecify.annotations.NullMarked;
