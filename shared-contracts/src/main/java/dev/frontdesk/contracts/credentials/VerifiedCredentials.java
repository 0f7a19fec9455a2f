package dev.frontdesk.contracts.credentials;

import java.util.Set;
import java.util.UUID;

/**
 * The account that the credentials belong to. Its tenant is the tenant of the request.
 *
 * @param locale BCP 47 language tag of the account
 * @param roles names of the account's roles in its tenant; empty for an ordinary account
 * @param credentialsVersion rises with each change that ends sessions: of two versions, the lower one is out of date
 */
public record VerifiedCredentials(UUID accountId, String locale, Set<String> roles, long credentialsVersion) {}
