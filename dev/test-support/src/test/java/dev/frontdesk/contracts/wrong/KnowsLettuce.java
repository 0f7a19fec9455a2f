package dev.frontdesk.contracts.wrong;

import io.lettuce.core.RedisURI;

record KnowsLettuce(RedisURI address) {}
