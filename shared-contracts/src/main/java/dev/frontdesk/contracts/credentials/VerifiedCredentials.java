package dev.frontdesk.contracts.credentials;

import java.util.Set;
import java.util.UUID;

/**
 * The account that the credentials belong to. The tenant is the one of the call.
 *
 * @param locale BCP 47 language tag of the account
 * @param roles names of the account's roles in its tenant; empty for an ordinary account
 * @param credentialsVersion higher after each change that ends sessions: of two, the lower one is out of date
 */
public record VerifiedCredentials(UUID accountId, String locale, Set<String> roles, long credentialsVersion) {}
