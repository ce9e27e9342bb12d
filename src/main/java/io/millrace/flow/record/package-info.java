/**
 * Records: from ordered events to the rows of leads, contacts, accounts and deals, including merges
 * and deletions. {@link io.millrace.flow.record.MergeRecordState} joins an event into the state of
 * its record; handlers write the results.
 */
@NullMarked
package io.millrace.flow.record;

import org.jspecify.annotations.NullMarked;
