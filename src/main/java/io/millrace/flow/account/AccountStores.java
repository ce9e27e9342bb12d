package io.millrace.flow.account;

import io.millrace.event.AccountDue;
import io.millrace.event.AccountIdentifier;
import io.millrace.event.AccountIdentifierState;
import io.millrace.event.AccountMember;
import io.millrace.event.AccountMemberState;
import io.millrace.event.AccountPersonState;
import io.millrace.event.AccountScoreMemory;
import io.millrace.event.AccountTotals;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The stores of the role accounts. */
public final class AccountStores {
  /** A store with values of a type. */
  public record Rows<V extends SpecificRecord>(String name, Class<V> type) {}

  public static final Rows<AccountPersonState> PEOPLE =
      new Rows<>(TellAccounts.PEOPLE, AccountPersonState.class);
  public static final Rows<AccountIdentifierState> IDENTIFIERS =
      new Rows<>(HomeRows.IDENTIFIERS, AccountIdentifierState.class);
  public static final Rows<AccountMember> MEMBERSHIPS =
      new Rows<>(HomeRows.MEMBERSHIPS, AccountMember.class);

  /** The rows are in their keys. */
  public static final String INDEX = AccountPeople.INDEX;

  /** The accounts that are about to be written. */
  public static final String DUE = AccountsDue.STORE;

  private AccountStores() {}

  /** The stores of accounts, except the index. */
  public static List<Rows<?>> ofAccounts() {
    return List.of(
        new Rows<>(AccountWriter.IDENTIFIERS, AccountIdentifier.class),
        new Rows<>(AccountPeople.MEMBERS, AccountMemberState.class),
        new Rows<>(AccountPeople.TOTALS, AccountTotals.class),
        new Rows<>(AccountWriter.SCORES, AccountScoreMemory.class),
        new Rows<>(DUE, AccountDue.class));
  }
}
