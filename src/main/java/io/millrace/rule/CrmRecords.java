package io.millrace.rule;

import io.millrace.event.CrmAccount;
import io.millrace.event.CrmContact;
import io.millrace.event.CrmDeal;
import io.millrace.event.CrmLead;
import java.util.List;

/** Visible records in the shape of their topics: the columns everybody has, all else in fields. */
public final class CrmRecords {
  private static final List<String> LEAD =
      List.of(
          "email",
          "first_name",
          "last_name",
          "phone",
          "company",
          "title",
          "status",
          "owner",
          "lead_source");
  private static final List<String> CONTACT =
      List.of(
          "email",
          "first_name",
          "last_name",
          "phone",
          "company",
          "title",
          "lifecycle_stage",
          "owner");
  private static final List<String> DEAL =
      List.of(
          "name", "stage", "amount", "currency", "close_date", "contact_id", "account_id", "owner");
  private static final List<String> ACCOUNT =
      List.of("name", "domain", "industry", "phone", "owner");

  private CrmRecords() {}

  public static CrmLead lead(String id, VisibleRecord lead) {
    return CrmLead.newBuilder()
        .setId(id)
        .setEmail(lead.field("email").orElse(null))
        .setFirstName(lead.field("first_name").orElse(null))
        .setLastName(lead.field("last_name").orElse(null))
        .setPhone(lead.field("phone").orElse(null))
        .setCompany(lead.field("company").orElse(null))
        .setTitle(lead.field("title").orElse(null))
        .setStatus(lead.field("status").orElse(null))
        .setOwner(lead.field("owner").orElse(null))
        .setLeadSource(lead.field("lead_source").orElse(null))
        .setFields(lead.fieldsWithout(LEAD))
        .setSources(lead.sources())
        .setCreatedAt(lead.createdAt().orElse(null))
        .setUpdatedAt(lead.updatedAt())
        .build();
  }

  public static CrmContact contact(String id, VisibleRecord contact) {
    return CrmContact.newBuilder()
        .setId(id)
        .setEmail(contact.field("email").orElse(null))
        .setFirstName(contact.field("first_name").orElse(null))
        .setLastName(contact.field("last_name").orElse(null))
        .setPhone(contact.field("phone").orElse(null))
        .setCompany(contact.field("company").orElse(null))
        .setTitle(contact.field("title").orElse(null))
        .setLifecycleStage(contact.field("lifecycle_stage").orElse(null))
        .setOwner(contact.field("owner").orElse(null))
        .setFields(contact.fieldsWithout(CONTACT))
        .setSources(contact.sources())
        .setCreatedAt(contact.createdAt().orElse(null))
        .setUpdatedAt(contact.updatedAt())
        .build();
  }

  public static CrmDeal deal(String id, VisibleRecord deal) {
    return CrmDeal.newBuilder()
        .setId(id)
        .setName(deal.field("name").orElse(null))
        .setStage(deal.field("stage").orElse(null))
        .setAmount(deal.field("amount").orElse(null))
        .setCurrency(deal.field("currency").orElse(null))
        .setCloseDate(deal.field("close_date").orElse(null))
        .setContactId(deal.field("contact_id").orElse(null))
        .setAccountId(deal.field("account_id").orElse(null))
        .setOwner(deal.field("owner").orElse(null))
        .setFields(deal.fieldsWithout(DEAL))
        .setSources(deal.sources())
        .setCreatedAt(deal.createdAt().orElse(null))
        .setUpdatedAt(deal.updatedAt())
        .build();
  }

  public static CrmAccount account(String id, VisibleRecord account) {
    return CrmAccount.newBuilder()
        .setId(id)
        .setName(account.field("name").orElse(null))
        .setDomain(account.field("domain").orElse(null))
        .setIndustry(account.field("industry").orElse(null))
        .setPhone(account.field("phone").orElse(null))
        .setOwner(account.field("owner").orElse(null))
        .setFields(account.fieldsWithout(ACCOUNT))
        .setSources(account.sources())
        .setCreatedAt(account.createdAt().orElse(null))
        .setUpdatedAt(account.updatedAt())
        .build();
  }
}
