/**
 * Who an event's person is: an identifier's home knows its person and sends its events there, and
 * its history when the person changes. See docs/identity.md.
 *
 * <h2>How an identifier's events find their person</h2>
 *
 * <p>An identifier's <em>home</em> is the partition of its id. A person has the id of its strongest
 * identifier, so the person is in the partition of that identifier's home. An event comes to the
 * home of the strongest identifier that it names ({@link io.millrace.flow.person.FindPerson}),
 * which notes its day and its accounts, announces links to the other identifiers (identity-links)
 * and tells their homes (identifier-sightings). Then the event goes to its person: in process if
 * that is the identifier itself, which is the usual case and costs one look at a row; otherwise by
 * a message (person-messages).
 *
 * <p>The role identity decides from all links who is one person, and tells each identifier's home
 * (identity-assignments). Assignments of an identifier are numbered. If its person changes, the
 * home sends a departure to the person before, and what the identifier is to the next one. The
 * steps of the person before take out what they know of the identifier and send it after it, each
 * as a history of its own; the next person's steps join it.
 *
 * <p>Every message has the number of the assignment it follows. A person remembers by which number
 * an identifier has left, and for whom ({@link io.millrace.flow.person.MeetPerson}). A message with
 * a smaller number has come too late and follows the identifier, with the number of the departure;
 * so its number rises with every hop, and it ends at the identifier's last person after at most as
 * many hops as there were assignments in between. A departure, or a fact, that is older than what
 * the person knows is ignored. So events and histories may arrive in any order: each ends at the
 * person of the last assignment, exactly once.
 *
 * <p>The travel of a join is bounded: event, link, decision, assignment, departure, history.
 *
 * <p>The row of a person in the topic people is a function of what its identifiers are: their days,
 * accounts and assignments, without numbers. Nothing is stored of the identifier that gave the
 * person its id except the row of its home, which both steps of the partition read. An identifier
 * whose value no event has brought to its home is in no row yet.
 */
@NullMarked
package io.millrace.flow.person;

import org.jspecify.annotations.NullMarked;
