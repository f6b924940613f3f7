"""Where the largest cities of India are.

Places come from GeoNames (https://www.geonames.org, CC BY 4.0). Names are those of
`shared/spelling.py`, and the numbers are hundredths of a degree north and east.
"""

from itertools import islice
from math import cos, hypot, radians

KILOMETRES = 111.2  # of a degree of latitude

# The largest first.
_CITIES = """
mumbai 1907 7288;delhi 2865 7723;bengaluru 1297 7759;hyderabad 1738 7846;ahmedabad 2303
7259;chennai 1309 8028;kolkata 2256 8836;surat 2120 7283;pune 1852 7386;jaipur 2692 7579;kanpur
2647 8035;navi mumbai 1904 7302;lucknow 2684 8092;nagpur 2115 7908;coimbatore 1101 7697;indore
2272 7583;thane 1920 7296;vadodara 2230 7321;bhopal 2325 7740;rasapudipalem 1773 8332;pimpri
chinchwad 1862 7380;patna 2559 8514;kallakurichi 1173 7896;ludhiana 3091 7585;nashik 2000
7379;madurai 992 7812;tirunelveli 873 7768;agra 2718 7802;faridabad 2841 7731;rajkot 2229
7079;najafgarh 2861 7698;jamshedpur 2280 8619;gorakhpur 2945 7567;pimpri 1862 7381;kalyan 1924
7314;dombivali 1922 7308;meerut 2898 7771;virar 1946 7281;nowrangapur 1923 8255;srinagar 3409
7481;ghaziabad 2867 7744;dhanbad 2380 8643;aurangabad 1988 7534;varanasi 2532 8301;amritsar 3162
7488;vijayawada 1651 8065;ranchi 2334 8531;jabalpur 2317 7995;prayagraj 2544 8184;visakhapatnam
1768 8320;jodhpur 2627 7301;gwalior 2623 7817;teni 1001 7748;howrah 2258 8832;raipur 2123
8163;tiruchirappalli 1082 7870;kota 2518 7584;shivaji nagar 1853 7385;solapur 1767
7591;chandigarh 3074 7679;tiruppur 1112 7735;guwahati 2618 9175;hubballi 1535 7513;mysuru 1230
7664;salem 1165 7816;gurugram 2846 7703;bhubaneswar 2027 8583;bhiwandi 1930 7306;jalandhar 3133
7558;rohini 2874 7707;kanayannur 997 7627;bhayandar 1930 7285;narela 2885 7709;thiruvananthapuram
849 7695;aligarh 2788 7807;bareilly 2837 7943;moradabad 2884 7878;warangal 1800 7958;dharavi 1905
7287;guntur 1630 8046;puducherry 1193 7983;jajmau 2643 8041;amravati 2093 7775;bikaner 2802
7331;kochi 994 7626;bhilai 2121 8143;cuttack 2046 8588;borivli 1923 7286;bhavnagar 2176
7215;sangli 1685 7456;jamnagar 2247 7007;jammu 3274 7486;bokaro 2367 8615;nanded 1916
7731;kozhikode 1125 7578;kolhapur 1670 7423;nellore 1445 7999;kalaburagi 1734 7684;ajmer 2645
7464;dehradun 3032 7803;erode 1134 7773;durgapur 2352 8731;ulhasnagar 1922 7315;loni 2875
7729;siliguri 2671 8843;ujjain 2318 7578;bilimora 2077 7296;karol bagh 2865 7719;asansol 2368
8698;mangaluru 1292 7486;belagavi 1585 7450;saharanpur 2997 7755;vellore 1292 7913;bhatpara 2287
8840;malegaon 2055 7453;gaya 2480 8500;ambattur 1310 8016;jalgaon 2100 7557;kurnool 1583
7804;ramgundam 1880 7945;udaipur 2459 7371;maheshtala 2251 8825;patiala 3034 7639;shyamnagar 2283
8837;davangere 1447 7593;akola 2071 7700;rajpur sonarpur 2244 8843;korba 2235 8270;jhansi 2546
7858;thoothukudi 877 7813;ballari 1514 7692;bhagalpur 2524 8697;agartala 2384 9128;kakinada 1696
8224;latur 1840 7657;panihati 2269 8837;rajamahendravaram 1701 8178;dhule 2090 7478;rohtak 2889
7659;ahilyanagar 1909 7474;kollam 888 7658;bilaspur 2208 8216;bhilwara 2535 7464;brahmapur 1931
8479;muzaffarpur 2612 8539;punasa 2224 7639;muzaffarnagar 2947 7770;avadi 1311 8011;kadapa 1448
7882;kukatpally 1748 7841;kamarhati 2267 8837;mathura 2750 7767;chanda 1995 7930;vijayapura 1682
7572;shivamogga 1393 7557;alwar 2756 7662;shahjanpur 2788 7991;junagadh 2152 7046;thrissur 1052
7622;nizamabad 1867 7810;tumakuru 1334 7710;parbhani 1927 7677;hisar 2915 7572;firozabad
2715 7840;kulti 2373 8684;karnal 2969 7698;barddhaman 2326 8786;gundupalaiyam 1194
7980;barasat 2272 8848;mulugu 1819 7994;bihar sharif 2520 8552;bali 2265 8834;rampur 2881
7903;darbhanga 2615 8590;panipat 2939 7697;tirupati 1364 7942;greater noida 2850 7754;noida 2858
7733;aizawl 2373 9272;gandhinagar 2322 7268;dindigul 1037 7798;thanjavur 1079 7914;karimnagar
1844 7913;dewas 2297 7606;sonipat 2899 7702;ichalkaranji 1669 7446;bathinda 3021 7494;jalna 1984
7589;kirari sulemannagar 2870 7706;satna 2458 8083;purnia 2578 8747;imphal 2481 9394;saugor 2384
7874;kushinagar 2674 8389;rourkela 2222 8486;durg 2119 8128;anantapur 1468 7761;ratlam 2333
7504;ranipet 1292 7933;lal bahadur nagar 1735 7856;arrah 2556 8466;baranagar 2264 8838;gajuwaka
1770 8322;etawah 2678 7902;ambarnath 1920 7317;naihati 2289 8842;bharatpur 2722 7749;begusarai
2542 8613;tiruvottiyur 1316 8030;gandhidham 2308 7013;mau 2594 8356;sikar 2761 7514;ramagundam
1876 7947;hapur 2873 7778;farrukhabad 2739 7958;alappuzha 949 7633;katihar 2554 8757;sri
ganganagar 2992 7387;rewa 2453 8129;uluberiya 2248 8810;sivakasi 945 7780;karur 1096 7808;raichur
1621 7736;pallavaram 1297 8015;udhagamandalam 1141 7670;pali 2577 7332;hosur 1274
7783;vizianagaram 1812 8341;shrirampur 2275 8834;quthbullapur 1750 7846;nadiad 2269
7286;nagercoil 818 7743;karawalnagar 2873 7727;mango 2283 8622;murwara 2384 8039;kanchipuram 1284
7970;singrauli 2420 8268;mirzapur 2514 8257;kharagpur 2234 8733;eluru 1671 8110;raniganj 1743
7849;yamuna nagar 3013 7728;raurkela industrial township 2220 8486;bidar 1791 7752;munger 2537
8647;nandyal 1548 7848;panchkula 3069 7685;burhanpur 2131 7623;morvi 2282 7084;anand 2255
7296;ongole 1550 8004;hosapete 1527 7639;nangloi jat 2868 7707;secunderabad 1750 7854;deoghar
2449 8670;chapra 2578 8475;khandwa 2182 7635;puri 1980 8582;morena 2650 7800;gyanpur 2533
8247;bulandshahr 2840 7786;bhind 2657 7879;bhalswa jahangirpur 2874 7717;khammam 1725
8014;sambhal 2858 7857;bhiwani 2879 7614;panvel 1899 7311;ambala 3036 7680;kumarapalayam 1144
7771;machilipatnam 1619 8114;mahesana 2360 7238;mahbubnagar 1674 7799;sambalpur 2147
8398;bhusawal 2104 7579;raebareli 2623 8123;haridwar 2995 7816;phusro 2376 8601;adoni 1563
7727;sujangarh 2770 7447;sirsa 2953 7503;dinapur nizamat 2564 8505;bahraigh 2757 8159;karaikkudi
1007 7877;sultan pur majra 2869 7708;guna 2465 7731;chandannagar 2286 8837;baharampur 2410
8825;shahuwadi 1691 7395;madanapalle 1355 7850;shivpuri 2542 7766;surendranagar 2273 7165;neyveli
1161 7950;silchar 2483 9280;proddatur 1475 7855;hugli 2291 8840;hashtsal 2863 7706;amroha 2890
7847;chhindwara 2206 7894;tambaram 1292 8013;shillong 2557 9188;port blair 1167 9275;gangtok 2733
8861;kohima 2567 9411;panaji 1550 7383;itanagar 2709 9361;leh 3417 7758;aluva 1011 7635
"""


def near(city: str, kilometres: int, most: int) -> list[str]:
    """The city and the largest others within this distance, or nothing for an unknown city."""
    places = _places()
    if city not in places:
        return []
    north, east = places[city]
    width = cos(radians(north))
    others = (
        name
        for name, (other_north, other_east) in places.items()
        if name != city
        and hypot(other_north - north, (other_east - east) * width) * KILOMETRES <= kilometres
    )
    return [city, *islice(others, most - 1)]


def _places() -> dict[str, tuple[float, float]]:
    rows = (each.rsplit(None, 2) for each in _CITIES.split(";"))
    return {" ".join(name.split()): (int(a) / 100, int(b) / 100) for name, a, b in rows}
