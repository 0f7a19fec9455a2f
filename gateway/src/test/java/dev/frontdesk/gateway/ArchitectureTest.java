package dev.frontdesk.gateway;

import dev.frontdesk.testsupport.architecture.HouseRules;

class ArchitectureTest implements HouseRules {}
