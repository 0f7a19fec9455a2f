package dev.frontdesk.contracts.wrong;

import org.springframework.http.HttpHeaders;

record KnowsSpring(HttpHeaders headers) {}
