/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop/shop.h"

#include <string.h>

/* What init need not ask: zone and currency of countries (tz database and
 * ISO 4217). Where there are several zones, the shop names its own. */
static const struct { char country[3]; const char *zone, *currency; } countries[] = {
	{ "AE", "Asia/Dubai", "AED" }, { "AF", "Asia/Kabul", "AFN" },
	{ "AL", "Europe/Tirane", "ALL" }, { "AM", "Asia/Yerevan", "AMD" },
	{ "AT", "Europe/Vienna", "EUR" }, { "AZ", "Asia/Baku", "AZN" },
	{ "BD", "Asia/Dhaka", "BDT" }, { "BE", "Europe/Brussels", "EUR" },
	{ "BG", "Europe/Sofia", "BGN" }, { "BH", "Asia/Bahrain", "BHD" },
	{ "BY", "Europe/Minsk", "BYN" }, { "CH", "Europe/Zurich", "CHF" },
	{ "CN", "Asia/Shanghai", "CNY" }, { "CO", "America/Bogota", "COP" },
	{ "CZ", "Europe/Prague", "CZK" }, { "DE", "Europe/Berlin", "EUR" },
	{ "DK", "Europe/Copenhagen", "DKK" }, { "EE", "Europe/Tallinn", "EUR" },
	{ "EG", "Africa/Cairo", "EGP" }, { "ET", "Africa/Addis_Ababa", "ETB" },
	{ "FI", "Europe/Helsinki", "EUR" }, { "FR", "Europe/Paris", "EUR" },
	{ "GB", "Europe/London", "GBP" }, { "GE", "Asia/Tbilisi", "GEL" },
	{ "GH", "Africa/Accra", "GHS" }, { "GR", "Europe/Athens", "EUR" },
	{ "HK", "Asia/Hong_Kong", "HKD" }, { "HR", "Europe/Zagreb", "EUR" },
	{ "HU", "Europe/Budapest", "HUF" }, { "IE", "Europe/Dublin", "EUR" },
	{ "IL", "Asia/Jerusalem", "ILS" }, { "IN", "Asia/Kolkata", "INR" },
	{ "IQ", "Asia/Baghdad", "IQD" }, { "IR", "Asia/Tehran", "IRR" },
	{ "IS", "Atlantic/Reykjavik", "ISK" }, { "IT", "Europe/Rome", "EUR" },
	{ "JO", "Asia/Amman", "JOD" }, { "JP", "Asia/Tokyo", "JPY" },
	{ "KE", "Africa/Nairobi", "KES" }, { "KG", "Asia/Bishkek", "KGS" },
	{ "KR", "Asia/Seoul", "KRW" }, { "KW", "Asia/Kuwait", "KWD" },
	{ "LB", "Asia/Beirut", "LBP" }, { "LK", "Asia/Colombo", "LKR" },
	{ "LT", "Europe/Vilnius", "EUR" }, { "LV", "Europe/Riga", "EUR" },
	{ "MA", "Africa/Casablanca", "MAD" }, { "MD", "Europe/Chisinau", "MDL" },
	{ "MM", "Asia/Yangon", "MMK" }, { "NG", "Africa/Lagos", "NGN" },
	{ "NL", "Europe/Amsterdam", "EUR" }, { "NO", "Europe/Oslo", "NOK" },
	{ "NP", "Asia/Kathmandu", "NPR" }, { "OM", "Asia/Muscat", "OMR" },
	{ "PE", "America/Lima", "PEN" }, { "PH", "Asia/Manila", "PHP" },
	{ "PK", "Asia/Karachi", "PKR" }, { "PL", "Europe/Warsaw", "PLN" },
	{ "QA", "Asia/Qatar", "QAR" }, { "RO", "Europe/Bucharest", "RON" },
	{ "RS", "Europe/Belgrade", "RSD" }, { "SA", "Asia/Riyadh", "SAR" },
	{ "SE", "Europe/Stockholm", "SEK" }, { "SG", "Asia/Singapore", "SGD" },
	{ "SI", "Europe/Ljubljana", "EUR" }, { "SK", "Europe/Bratislava", "EUR" },
	{ "SY", "Asia/Damascus", "SYP" }, { "TH", "Asia/Bangkok", "THB" },
	{ "TJ", "Asia/Dushanbe", "TJS" }, { "TM", "Asia/Ashgabat", "TMT" },
	{ "TN", "Africa/Tunis", "TND" }, { "TR", "Europe/Istanbul", "TRY" },
	{ "TW", "Asia/Taipei", "TWD" }, { "TZ", "Africa/Dar_es_Salaam", "TZS" },
	{ "UG", "Africa/Kampala", "UGX" }, { "VN", "Asia/Ho_Chi_Minh", "VND" },
	{ "YE", "Asia/Aden", "YER" }, { "ZA", "Africa/Johannesburg", "ZAR" },
	{ "AR", NULL, "ARS" }, { "AU", NULL, "AUD" }, { "BR", NULL, "BRL" },
	{ "CA", NULL, "CAD" }, { "CL", NULL, "CLP" }, { "CY", NULL, "EUR" },
	{ "ES", NULL, "EUR" }, { "ID", NULL, "IDR" }, { "KZ", NULL, "KZT" },
	{ "MX", NULL, "MXN" }, { "MY", NULL, "MYR" }, { "NZ", NULL, "NZD" },
	{ "PT", NULL, "EUR" }, { "RU", NULL, "RUB" }, { "UA", NULL, "UAH" },
	{ "US", NULL, "USD" }, { "UZ", NULL, "UZS" },
};

const char *country_zone(const char *country)
{
	for (size_t i = 0; i < sizeof(countries) / sizeof(countries[0]); i++)
		if (!strcmp(countries[i].country, country))
			return countries[i].zone;
	return NULL;
}

const char *country_currency(const char *country)
{
	for (size_t i = 0; i < sizeof(countries) / sizeof(countries[0]); i++)
		if (!strcmp(countries[i].country, country))
			return countries[i].currency;
	return NULL;
}

static bool is_among(const char *code, const char *const *codes)
{
	while (*codes && strcmp(*codes, code))
		codes++;
	return *codes != NULL;
}

/* What follows is from the Unicode CLDR: the languages that shops there use. */

enum grouping country_grouping(const char *country)
{
	static const char *const indian[] = { "BD", "BT", "IN", "NP", NULL };

	return is_among(country, indian) ? GROUPING_INDIAN : GROUPING_THOUSANDS;
}

enum date_style country_dates(const char *country)
{
	static const char *const month_first[] = { "AS", "FM", "GU", "MH", "MP", "PH", "PR", "PW",
						   "UM", "US", "VI", NULL };
	static const char *const year_first[] = { "CA", "CN", "HU", "IR", "JP", "KP", "KR", "LT",
						  "MN", "SE", "TW", "ZA", NULL };

	if (is_among(country, month_first))
		return DATE_MDY;
	return is_among(country, year_first) ? DATE_YMD : DATE_DMY;
}

bool currency_is_behind(const char *currency)
{
	static const char *const behind[] = { "ALL", "AMD", "AZN", "BAM", "BYN", "CZK", "DKK",
					      "EUR", "GEL", "HUF", "ISK", "KGS", "KZT", "MDL",
					      "MKD", "NOK", "PLN", "RON", "RSD", "RUB", "SEK",
					      "TJS", "TMT", "UAH", "UZS", "VND", NULL };

	return is_among(currency, behind);
}
