/** Documents that all gateways share: read from registration-service, or from its copy in Redis; follows their changes. */
@NullMarked
package dev.frontdesk.gateway.documents;

import org.jspecify.annotations.NullMarked;
