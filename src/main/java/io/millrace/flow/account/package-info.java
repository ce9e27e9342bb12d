/**
 * Accounts: the people who belong to each of them, the score that follows from theirs, and what
 * several people of one account do within some time.
 */
@NullMarked
package io.millrace.flow.account;

import org.jspecify.annotations.NullMarked;
