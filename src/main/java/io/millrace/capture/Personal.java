package io.millrace.capture;

/** The kinds of personal data, each of which is replaced in its own way. */
enum Personal {
  EMAIL,
  PHONE,
  /** First, last and full names, and handles on social networks. */
  NAME,
  /** Streets, towns, postal codes. */
  ADDRESS,
  /** Latitude and longitude. */
  POSITION,
  BIRTHDAY,
  /** Numbers of passports, bank accounts, cards, taxpayers. */
  NUMBER,
  IP_ADDRESS,
  /** Free text written by a person. */
  TEXT
}
