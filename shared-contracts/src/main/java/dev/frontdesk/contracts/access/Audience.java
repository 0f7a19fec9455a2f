package dev.frontdesk.contracts.access;

/**
 * Who may call an endpoint. Accounts can access only their own data; a tenant's administrators and operators can access
 * their tenant.
 */
public enum Audience {
    /** All external callers, with or without credentials. */
    EVERYONE,

    /** Callers with a session. */
    ACCOUNTS,

    /** Callers with a session, and operators. */
    ACCOUNTS_AND_OPERATORS,

    /** Administrators and operators: accounts with the administrator role in their own tenant, and operators. */
    ADMINISTRATORS,

    /** The holder of the operator key, and accounts with the operator role in their own tenant. */
    OPERATORS,

    /** The holder of the operator key alone: for what concerns all tenants. */
    OPERATOR_KEY,

    /** Other services of the suite; no external callers. */
    SERVICES
}
