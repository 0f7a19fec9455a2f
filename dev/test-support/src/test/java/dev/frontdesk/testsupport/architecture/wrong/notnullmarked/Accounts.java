package dev.frontdesk.testsupport.architecture.wrong.notnullmarked;

record Accounts() {}
