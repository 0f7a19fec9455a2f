package dev.frontdesk.contracts.access;

/**
 * Who may call an endpoint. What an account reaches behind it is its own alone; a tenant's administrators and operators see
 * their tenant.
 */
public enum Audience {
    /** Everybody outside, known or not. */
    ANYBODY,

    /** Whoever has a session. */
    ACCOUNTS,

    /** Whoever has a session, and operators. */
    ACCOUNTS_AND_OPERATORS,

    /** Whoever runs an application in its own tenant: an account with the role of an administrator there, and operators. */
    ADMINISTRATORS,

    /** The holder of the operator key, and an account with the role of an operator in its own tenant. */
    OPERATORS,

    /** Other services of the suite; nobody outside. */
    SERVICES
}
